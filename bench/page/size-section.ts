import type { BenchResults } from '../measure/everything';
import { estimateMedian, estimateRatio } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

/** Bundles, memory and garbage. */
export function sizeSection({ contenders, alone, size }: BenchResults): Section {
  const bare = contenders.find(({ role }) => role === 'bare');
  const sizeRows = contenders.map(({ name, bytes, gzippedBytes, memory }) => [
    name,
    kilobytes(bytes),
    kilobytes(gzippedBytes),
    formatEstimate(estimateMedian(memory), 1),
    formatEstimate(estimateRatio(memory, bare?.memory ?? []), 2),
  ]);
  const aloneRows = alone.map(({ contender, bytes, gzippedBytes }) => [
    contender.name,
    kilobytes(bytes),
    kilobytes(gzippedBytes),
  ]);
  const garbageRows = contenders.map(({ name, garbage: { allocated, promoted } }) => [
    name,
    kilobytes(allocated),
    kilobytes(promoted),
  ]);
  return {
    text: `## Size and memory

The bundle as deployed, minified, without its source map; the most memory the process held (VmHWM) in
${size.memory.invocations.toLocaleString('en')} invocations, ${size.memory.rounds} processes for everyone.

${markdownTable(['', 'bundle, KB', 'gzipped, KB', 'peak memory, MB', 'memory / bare'], sizeRows)}

What each part of the library adds to a bundle, with no framework and no schema library:

${markdownTable(['', 'bundle, KB', 'gzipped, KB'], aloneRows)}

What an invocation allocates, and how much of that V8 still finds in use when the invocation is over. The second makes the
pauses of the collector long, which a caller may have to wait for: it is what the 99th percentile of the answer hangs on.
Some of it is the runtime client's own. One process for everyone, ${size.garbage.invocations.toLocaleString('en')} invocations.

${markdownTable(['', 'allocated, KB', 'still in use, KB'], garbageRows)}
`,
    charts: {},
  };
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
