import type { StreamRound } from '../measure/stream';
import type { BenchResults } from '../measure/everything';
import { estimateDifference, estimateMedian, estimateRatio } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

export function streamSection({ streams, size: { stream: size } }: BenchResults): Section {
  const rows = streams.map(({ name, role, rounds }, index) => {
    // Each of ours comes after the bare one that it is compared with.
    const { rounds: bare } = (role === 'bare' ? streams[index] : streams[index - 1]) ?? { rounds };
    return [
      name,
      ...beside(rounds, bare, 'megabytesPerSecond'),
      ...beside(rounds, bare, 'cpuMs'),
      formatEstimate(estimateMedian(pick(rounds, 'peakMemory')), 1),
      formatEstimate(estimateDifference(pick(rounds, 'peakMemory'), pick(bare, 'peakMemory')), 1),
    ];
  });
  const head = ['', 'MB/s', 'MB/s / bare', 'CPU, ms', 'CPU / bare', 'peak memory, MB', 'beyond bare, MB'];
  return {
    text: `## A body that is streamed

The body of a Response, ${size.megabytes} MB in parts of 64 KB, each made when it is asked for and compared byte for byte where it
arrives: by a bare \`pipeline\` to the response stream, and on LambdaFetchAdapter. ${size.rounds} fresh processes each. The reader runs on the
same machine and takes its share of the time.

Every part is garbage soon, and when V8 collects it hangs on how much else is in memory. With 3 MB of data, as a function has
that does something, both sides collect alike. With nothing else the bare one stays below a limit of V8 and collects less.

${markdownTable(head, rows)}
`,
    charts: {},
  };
}

function beside(rounds: readonly StreamRound[], bare: readonly StreamRound[], field: keyof StreamRound): string[] {
  const [values, baseline] = [pick(rounds, field), pick(bare, field)];
  return [formatEstimate(estimateMedian(values), 0), formatEstimate(estimateRatio(values, baseline), 2)];
}

function pick(rounds: readonly StreamRound[], field: keyof StreamRound): number[] {
  return rounds.map((round) => round[field]);
}
