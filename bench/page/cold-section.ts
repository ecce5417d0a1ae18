import type { BenchResults, ColdResult } from '../measure/everything';
import type { ColdRound } from '../measure/cold';
import { estimateMedian, estimateRatio } from '../statistics';
import { contenderChart } from './contender-chart';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

export function coldSection({ cold, size }: BenchResults): Section {
  const bare = cold.find(({ role }) => role === 'bare');
  const ratio = (values: readonly number[], baseline: readonly number[] = []) =>
    formatEstimate(estimateRatio(values, baseline), 2);
  const rows = cold.map((contender) => {
    const cpu = pick(contender, 'firstAnswerCpuMs');
    return [
      contender.name,
      formatEstimate(estimateMedian(pick(contender, 'importMs')), 1),
      formatEstimate(estimateMedian(pick(contender, 'firstAnswerMs')), 1),
      formatEstimate(estimateMedian(cpu), 1),
      ratio(cpu, bare && pick(bare, 'firstAnswerCpuMs')),
      ...(isLimited(bare)
        ? [formatEstimate(estimateMedian(contender.share), 0), ratio(contender.share, bare.share)]
        : []),
    ];
  });
  const head = ['', 'asks for an event, ms', 'first answer, ms', 'CPU, ms', 'CPU / bare'];
  const shareHead = isLimited(bare) ? ['on 1/14 of a CPU, ms', 'that / bare'] : [];

  return {
    text: `## Cold start

From the start of the process: until it asks for its first event (Node.js and the runtime client are up, the function is
imported), and until the end of its first response. ${size.coldRounds} fresh processes for everyone, in turn. The CPU time is that
of one more process each, which is stopped at the end of its first response: a busy machine moves it little. ${limited(bare, size.coldShareRounds)}

The sample is the function of this project as it is deployed. It logs before it answers, which under \`info\` is below the
level. Source maps are read by nobody before an error has a stack.

![First answer of a fresh process, CPU time](images/bench-cold.svg)

${markdownTable([...head, ...shareHead], rows)}
`,
    charts: {
      'bench-cold.svg': contenderChart(
        { title: 'First answer of a fresh process, CPU time', unit: 'ms', digits: 1 },
        cold,
        (contender) => pick(contender, 'firstAnswerCpuMs'),
      ),
    },
  };
}

function limited(bare: ColdResult | undefined, rounds: number): string {
  return isLimited(bare)
    ? `The last two columns are what that means on Lambda: the same on a fourteenth of a processor, which a function of 128 MB
has (a control group of Linux, in periods of 20 ms), ${rounds} processes each.`
    : 'Not limited to the fourteenth of a processor that 128 MB have on Lambda: this machine does not let us.';
}

function isLimited(bare: ColdResult | undefined): bare is ColdResult {
  return bare !== undefined && bare.share.length > 0;
}

function pick({ cold }: ColdResult, field: keyof ColdRound): number[] {
  return cold.map((round) => round[field]);
}
