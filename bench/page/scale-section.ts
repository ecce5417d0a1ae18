import type { BenchResults } from '../measure/everything';
import { barChart } from './bar-chart';
import { markdownTable, type Section } from './section';

export function scaleSection({ scale }: BenchResults): Section {
  const rows = scale.map(({ requests, answerP50, answerMax, environments, reports, allEndedMs }) => [
    String(requests),
    answerP50.toFixed(0),
    answerMax.toFixed(0),
    String(environments),
    String(reports),
    allEndedMs.toFixed(0),
  ]);
  const head = ['requests at once', 'answer p50, ms', 'slowest, ms', 'environments', 'REPORT lines', 'all ended, ms'];
  return {
    text: `## Scale on the local Lambda

Requests at once to the Function URL of \`npm start\`, each with one second of background work, on a local Lambda that
has no environment yet: every request may have to start one. Here all of them share the cores of one machine, which
starts them one after the other; on AWS each has its own.

![Median answer by requests at once](images/bench-scale.svg)

${markdownTable(head, rows)}
`,
    charts: {
      'bench-scale.svg': barChart({
        title: 'Local Lambda, all cold: median answer by requests at once',
        unit: 'ms',
        digits: 0,
        bars: scale.map(({ requests, answerP50 }) => ({
          label: String(requests),
          estimate: { value: answerP50, low: answerP50, high: answerP50 },
          highlighted: true,
        })),
      }),
    },
  };
}
