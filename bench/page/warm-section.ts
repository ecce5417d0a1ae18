import type { BenchResults, ContenderResult } from '../measure/everything';
import type { WarmRound } from '../measure/warm';
import { estimateMedian, estimateRatio } from '../statistics';
import { contenderChart } from './contender-chart';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

/** Warm answer and turn-around. */
export function warmSection({ contenders, clock, emptyCpu, size }: BenchResults): Section {
  const { rounds, warmUp, events } = size.warm;
  const bare = contenders.find(({ role }) => role === 'bare');
  const cells =
    (field: keyof WarmRound, digits = 3) =>
    (contender: ContenderResult) => [
      formatEstimate(estimateMedian(pick(contender, field)), digits),
      bare === undefined ? '' : formatEstimate(estimateRatio(pick(contender, field), pick(bare, field)), 2),
    ];
  const rows = (p50: keyof WarmRound, p99: keyof WarmRound) =>
    contenders.map((contender) => [contender.name, ...cells(p50)(contender), ...cells(p99)(contender)]);
  const cpuRows = contenders.map((contender) => {
    const beyond = pick(contender, 'cpu').map((cpu, round) => cpu - (emptyCpu[round] ?? Number.NaN));
    return [contender.name, ...cells('cpu', 1)(contender), formatEstimate(estimateMedian(beyond), 1)];
  });
  const head = ['', 'p50, ms', 'p50 / bare', 'p99, ms', 'p99 / bare'];

  return {
    text: `## Warm answer

From the moment the event is delivered to the end of the response: what the caller waits for. ${rounds} rounds, in each a
fresh process for everyone, ${warmUp} events to warm up and ${events.toLocaleString('en')} that count. Of each number, ${formatEstimate(estimateMedian(clock), 3)} ms
is the clock's own side: that is what a client takes that looks at nothing, and answers with constants.

![Warm answer, median](images/bench-warm-p50.svg)

${markdownTable(head, rows('answerP50', 'answerP99'))}

![Warm answer, 99th percentile](images/bench-warm-p99.svg)

## Turn-around

From the end of the response until the runtime client asks for the next event, with no background work: what is billed
though nobody waits for it. Ours drains its tasks and writes its report there, and lets V8 collect its garbage, which the
next caller would wait for otherwise; the others write nothing.

${markdownTable(head, rows('turnaroundP50', 'turnaroundP99'))}

## CPU time of an event

From one event to the next, by all threads of the process: the answer, and what comes after it. Ours writes its report
there, one line of JSON, which the others do not. A busy machine makes an answer late, but moves this little. The last column
is what is left when an empty handler, which ends its response and does nothing else, is taken off:
${formatEstimate(estimateMedian(emptyCpu), 1)} µs, which are Node.js and the runtime client.

${markdownTable(['', 'CPU, µs', 'CPU / bare', 'beyond an empty handler, µs'], cpuRows)}
`,
    charts: {
      'bench-warm-p50.svg': contenderChart(
        { title: 'Warm answer, median', unit: 'ms', digits: 3 },
        contenders,
        (contender) => pick(contender, 'answerP50'),
      ),
      'bench-warm-p99.svg': contenderChart(
        { title: 'Warm answer, 99th percentile', unit: 'ms', digits: 3 },
        contenders,
        (contender) => pick(contender, 'answerP99'),
      ),
    },
  };
}

function pick({ warm }: ContenderResult, field: keyof WarmRound): number[] {
  return warm.map((round) => round[field]);
}
