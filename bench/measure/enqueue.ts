import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/check-answer';
import { withEnvironment } from '../runtime/environment';
import { median } from '../statistics';

/** What the answer waits for `enqueue`, against a Lambda API on this machine that accepts all at once. */
export interface EnqueueResult {
  /** Milliseconds of the first answer of a fresh process, and of the same handler without the call. */
  readonly first: number;
  readonly firstWithout: number;
  /** The same, once warm. */
  readonly warm: number;
  readonly warmWithout: number;
}

export interface EnqueueSize {
  readonly rounds: number;
  readonly events: number;
}

export async function measureEnqueue(
  enqueuing: Bundle,
  without: Bundle,
  { rounds, events }: EnqueueSize,
): Promise<EnqueueResult> {
  const api = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(202).end());
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  const address = api.address();
  const port = typeof address === 'object' && address !== null ? address.port : Number.NaN;
  const results: Timing[] = [];
  const baseline: Timing[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      results.push(await measure(enqueuing, events, `http://127.0.0.1:${port}`));
      baseline.push(await measure(without, events, `http://127.0.0.1:${port}`));
    }
  } finally {
    api.closeAllConnections();
    api.close();
  }
  return {
    first: median(results.map(({ first }) => first)),
    firstWithout: median(baseline.map(({ first }) => first)),
    warm: median(results.map(({ warm }) => warm)),
    warmWithout: median(baseline.map(({ warm }) => warm)),
  };
}

interface Timing {
  readonly first: number;
  readonly warm: number;
}

function measure(bundle: Bundle, events: number, lambdaApi: string): Promise<Timing> {
  return withEnvironment(
    bundle,
    async (environment) => {
      const milliseconds: number[] = [];
      for (let index = 0; index < events; index += 1) {
        const { response, answerMs } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
        checkAnswer(response, 'Hello');
        milliseconds.push(answerMs);
      }
      const [first = Number.NaN] = milliseconds;
      // The second half: the first is what V8 warms up on.
      return { first, warm: median(milliseconds.slice(events / 2)) };
    },
    { lambdaApi },
  );
}
