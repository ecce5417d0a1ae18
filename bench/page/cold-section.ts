import type { BenchResults, ContenderResult } from '../measure/everything';
import { estimateMedian, estimateRatio } from '../statistics';
import { contenderChart } from './contender-chart';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

/** Cold start, size and memory. */
export function coldSection({ contenders, size }: BenchResults): Section {
  const bare = contenders.find(({ role }) => role === 'bare');
  const ratio = (values: readonly number[], baseline: readonly number[] = []) =>
    formatEstimate(estimateRatio(values, baseline), 2);

  const coldRows = contenders.map((contender) => [
    contender.name,
    formatEstimate(estimateMedian(imports(contender)), 1),
    formatEstimate(estimateMedian(firstAnswers(contender)), 1),
    ratio(firstAnswers(contender), bare && firstAnswers(bare)),
  ]);
  const sizeRows = contenders.map(({ name, bytes, gzippedBytes, memory }) => [
    name,
    kilobytes(bytes),
    kilobytes(gzippedBytes),
    formatEstimate(estimateMedian(memory), 1),
    ratio(memory, bare?.memory),
  ]);
  const garbageRows = contenders.map(({ name, garbage: { allocated, promoted } }) => [
    name,
    kilobytes(allocated),
    kilobytes(promoted),
  ]);

  return {
    text: `## Cold start

From the start of the process: until it asks for its first event (Node.js and the runtime client are up, the function is
imported), and until the end of its first response. ${size.coldRounds} fresh processes for everyone, in turn.

![First answer of a fresh process](images/bench-cold.svg)

${markdownTable(['', 'asks for an event, ms', 'first answer, ms', 'first answer / bare'], coldRows)}

## Size and memory

The bundle as deployed, minified, without its source map; the most memory the process held (VmHWM) in
${size.memory.invocations.toLocaleString('en')} invocations, ${size.memory.rounds} processes for everyone.

${markdownTable(['', 'bundle, KB', 'gzipped, KB', 'peak memory, MB', 'memory / bare'], sizeRows)}

What an invocation allocates, and how much of that V8 still finds in use when the invocation is over. The second makes the
pauses of the collector long, which a caller may have to wait for: it is what the 99th percentile of the answer hangs on.
Some of it is the runtime client's own. One process for everyone, ${size.garbage.invocations.toLocaleString('en')} invocations.

${markdownTable(['', 'allocated, KB', 'still in use, KB'], garbageRows)}
`,
    charts: {
      'bench-cold.svg': contenderChart(
        { title: 'First answer of a fresh process', unit: 'ms', digits: 1 },
        contenders,
        firstAnswers,
      ),
    },
  };
}

function imports({ cold }: ContenderResult): number[] {
  return cold.map(({ importMs }) => importMs);
}

function firstAnswers({ cold }: ContenderResult): number[] {
  return cold.map(({ firstAnswerMs }) => firstAnswerMs);
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
