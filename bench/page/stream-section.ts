import type { StreamRound } from '../measure/stream';
import type { BenchResults } from '../measure/everything';
import { estimateDifference, estimateMedian, estimateRatio } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

export function streamSection({ streams, size: { stream: size } }: BenchResults): Section {
  const rows = streams.map(({ name, role, rounds }, index) => {
    // Each of ours comes after the bare one that it is compared with.
    const { rounds: bare } = (role === 'bare' ? streams[index] : streams[index - 1]) ?? { rounds };
    const peak = (of: readonly StreamRound[]) => of.map(({ peakMemory }) => peakMemory);
    return [
      name,
      ...beside(rounds, bare, ({ first }) => first.megabytesPerSecond),
      ...beside(rounds, bare, ({ later }) => later.megabytesPerSecond),
      ...beside(rounds, bare, ({ later }) => later.cpuMs),
      formatEstimate(estimateMedian(peak(rounds)), 1),
      formatEstimate(estimateDifference(peak(rounds), peak(bare)), 1),
    ];
  });
  const head = [
    ...['', 'first one, MB/s', '/ bare', 'later ones, MB/s', '/ bare', 'their CPU, ms', '/ bare'],
    ...['peak memory, MB', 'beyond bare, MB'],
  ];
  return {
    text: `## A body that is streamed

The body of a Response, ${size.megabytes} MB in parts of 64 KB, each made when it is asked for and compared byte for byte where it
arrives: by a bare \`pipeline\` to the response stream, and on LambdaFetchAdapter. ${size.rounds} fresh processes each, which send one small
body that is not counted, a first large one, and ${size.later} later ones. The reader runs on the same machine and takes its share of
the time.

Every part is garbage soon, and V8 looks whether to collect it each time that it has optimized a function, among others.
The library has more functions than the bare handler, so that V8 collects more often while a process sends its first large
body; most of all with nothing else in memory, where the bare one stays below a limit. With optimizing switched off both
collect alike, and take the same time. By the later bodies everything has been optimized.

${markdownTable(head, rows)}
`,
    charts: {},
  };
}

function beside(
  rounds: readonly StreamRound[],
  bare: readonly StreamRound[],
  value: (round: StreamRound) => number,
): string[] {
  return [
    formatEstimate(estimateMedian(rounds.map(value)), 0),
    formatEstimate(estimateRatio(rounds.map(value), bare.map(value)), 2),
  ];
}
