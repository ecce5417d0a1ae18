import { capacityTable } from '../capacity/capacity-table';
import { listPrices } from '../capacity/prices';
import type { Section } from './section';

/** Computed, not measured: the same on every machine. */
export function capacitySection(): Section {
  const load = {
    requestsPerSecond: 50,
    responseSeconds: 0.01,
    backgroundSeconds: 10,
    memoryMb: 128,
    architecture: 'arm64',
    throttledShare: 0.001,
  } as const;
  return {
    text: `## Capacity on AWS

An invocation holds its execution environment until the background work is done, and Lambda bills it so long. For 50
requests a second with 10 seconds of background work each, at 128 MB on arm64
(\`npm run capacity -- --rps 50 --background 10 --memory 128\`, \`--help\` shows the rest):

${capacityTable(load, { sendSeconds: 0.01, batchSize: 10 }, listPrices)}

Environments held are requests a second times seconds each. Requests come at random (Poisson), so there are moments with
more: the reserved concurrency is what turns away one request in a thousand with a 429 (Erlang's B formula, checked
against a simulation in the tests). The account's own limit, 1,000 unless raised, must leave room for it. A queue absorbs
such moments, so its worker needs no more than keeps up, and a worker that takes several messages and waits for them
side by side is billed once for all of them: for long waits, many requests, or work that must survive a crash, SQS is the
better place. Without batches it costs more than the same invocation does, and a moving part.

Prices are the list prices of us-east-1 in [bench/capacity/prices.ts](../bench/capacity/prices.ts), which says their date
and source; the free tier, cold starts, logs and data transfer are left out.
`,
    charts: {},
  };
}
