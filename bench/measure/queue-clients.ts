import { once } from 'node:events';
import { createServer } from 'node:http';
import { bundle, type Bundle } from '../bundle';
import type { Contender } from '../contenders';
import { functionUrlEvent } from '../event';
import { queueClients } from '../queue-clients';
import { checkAnswer } from '../runtime/check-answer';
import { withEnvironment } from '../runtime/environment';
import { median } from '../statistics';
import { inRounds } from './rounds';

/** What a function has to have to invoke itself asynchronously, and what its answer waits for it: one value a round. */
export interface QueueClientResult {
  readonly name: string;
  /** In the bundle. */
  readonly bytes: number;
  /** Milliseconds of the first answer of a fresh process. */
  readonly first: readonly number[];
  /** Milliseconds of CPU of a process until its first answer has ended; NaN where the system does not tell. */
  readonly firstCpu: readonly number[];
  /** Milliseconds of an answer, once warm. */
  readonly warm: readonly number[];
}

export interface QueueClientSize {
  readonly rounds: number;
  readonly events: number;
}

/** All of them against a Lambda API on this machine that accepts at once. */
export async function measureQueueClients(
  folder: string,
  { rounds, events }: QueueClientSize,
): Promise<readonly QueueClientResult[]> {
  const bundles = new Map<Contender, Bundle>();
  for (const contender of queueClients.flatMap(({ enqueuing, without }) => [enqueuing, without])) {
    if (!bundles.has(contender)) bundles.set(contender, await bundle(contender, { folder }));
  }
  const api = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(202).end());
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  const address = api.address();
  const port = typeof address === 'object' && address !== null ? address.port : Number.NaN;
  const options = { lambdaApi: `http://127.0.0.1:${port}` };
  try {
    const measured = await inRounds([...bundles.values()], rounds, async (of) => ({
      ...(await measureTimes(of, events, options)),
      firstCpu: await measureFirstCpu(of, options),
    }));
    const resultOf = (contender: Contender) => {
      const of = bundles.get(contender);
      return { bytes: of?.bytes ?? Number.NaN, rounds: (of && measured.get(of)) ?? [] };
    };
    return queueClients.map(({ enqueuing, without }) => ({
      name: enqueuing.name,
      ...difference(resultOf(enqueuing), resultOf(without)),
    }));
  } finally {
    api.closeAllConnections();
    api.close();
  }
}

interface Round {
  readonly first: number;
  readonly firstCpu: number;
  readonly warm: number;
}

interface Measured {
  readonly bytes: number;
  readonly rounds: readonly Round[];
}

/** Of each round by itself: what slows a whole round down slows both sides. */
function difference(enqueuing: Measured, without: Measured): Omit<QueueClientResult, 'name'> {
  const of = (field: keyof Round) =>
    enqueuing.rounds.map((round, index) => round[field] - (without.rounds[index]?.[field] ?? Number.NaN));
  return {
    bytes: enqueuing.bytes - without.bytes,
    first: of('first'),
    firstCpu: of('firstCpu'),
    warm: of('warm'),
  };
}

interface Options {
  readonly lambdaApi: string;
}

function measureTimes(of: Bundle, events: number, options: Options): Promise<Omit<Round, 'firstCpu'>> {
  return withEnvironment(
    of,
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
    options,
  );
}

function measureFirstCpu(of: Bundle, options: Options): Promise<number> {
  return withEnvironment(
    of,
    async (environment) => {
      const { response, cpuMicroseconds } = await environment.invokeLast(functionUrlEvent({ message: 'Hello' }));
      checkAnswer(response, 'Hello');
      return cpuMicroseconds / 1_000;
    },
    options,
  );
}
