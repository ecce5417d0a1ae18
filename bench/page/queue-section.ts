import type { BenchResults } from '../measure/everything';
import { estimateMedian } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

export function queueSection({ queueClients, size }: BenchResults): Section {
  const rows = queueClients.map(({ name, bytes, first, firstCpu, warm }) => [
    name,
    (bytes / 1024).toFixed(1),
    formatEstimate(estimateMedian(first), 1),
    formatEstimate(estimateMedian(firstCpu), 1),
    formatEstimate(estimateMedian(warm), 2),
  ]);
  const head = ['', 'bundle, KB', 'first answer, ms', 'CPU of it, ms', 'warm answer, ms'];
  return {
    text: `## Queued tasks

What a function needs to invoke itself asynchronously, and what an answer waits for that: the difference to the same function
without it. The Lambda API is on this machine and accepts at once; on AWS the network, TLS and Lambda itself come to that.
Each client is loaded when it is first used, after init. The CPU time, from the start of the process on, has the parsing of a
larger bundle too. What a function pays that has queued tasks and queues none is in the row "with queued tasks" above.

The first row is this library, with all that it does about it. The others only sign and send, by \`node:https\` where they
do not bring what sends: [decision 0015](decisions/0015-queued-tasks.md) has chosen among them. ${size.queueClients.rounds} fresh
processes each, ${size.queueClients.events} events.

${markdownTable(head, rows)}
`,
    charts: {},
  };
}
