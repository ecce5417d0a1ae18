import type { BenchResults } from '../measure/everything';
import { estimateDifference, estimateMedian, estimateRatio } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

export function streamSection({ stream, size: { stream: size } }: BenchResults): Section {
  const { pipeline, fetch } = stream;
  const speed = (rounds: typeof fetch) => rounds.map(({ megabytesPerSecond }) => megabytesPerSecond);
  const memory = (rounds: typeof fetch) => rounds.map(({ peakMemory }) => peakMemory);
  const row = (name: string, rounds: typeof fetch) => [
    name,
    formatEstimate(estimateMedian(speed(rounds)), 0),
    formatEstimate(estimateRatio(speed(rounds), speed(pipeline)), 2),
    formatEstimate(estimateMedian(memory(rounds)), 1),
    formatEstimate(estimateDifference(memory(rounds), memory(pipeline)), 1),
  ];
  const head = ['', 'MB/s', 'MB/s / pipeline', 'peak memory, MB', 'beyond pipeline, MB'];
  return {
    text: `## A body that is streamed

${size.megabytes} MB in parts of 64 KB, each made when it is asked for, and each byte compared where it arrives: by a bare \`pipeline\` to the
response stream, and as the \`ReadableStream\` of a Response on LambdaFetchAdapter. ${size.rounds} fresh processes each. The reader is on
the same machine and takes its share of the time.

${markdownTable(head, [row('bare pipeline', pipeline), row('LambdaFetchAdapter', fetch)])}
`,
    charts: {},
  };
}
