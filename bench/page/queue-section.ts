import type { BenchResults } from '../measure/everything';
import { markdownTable, type Section } from './section';

export function queueSection({ enqueue: { first, firstWithout, warm, warmWithout } }: BenchResults): Section {
  const row = (name: string, withCall: number, without: number) => [
    name,
    without.toFixed(2),
    withCall.toFixed(2),
    (withCall - without).toFixed(2),
  ];
  return {
    text: `## Queued tasks

What the answer waits for \`context.enqueue\`, against a Lambda API on this machine that accepts at once: encoding, signing and
one request on a connection that is kept. On AWS the network and Lambda itself come to that. What the function has to have
for it, whether it calls it or not, is in the row "with queued tasks" above.

${markdownTable(['', 'without, ms', 'with, ms', 'difference, ms'], [row('first answer', first, firstWithout), row('warm answer', warm, warmWithout)])}
`,
    charts: {},
  };
}
