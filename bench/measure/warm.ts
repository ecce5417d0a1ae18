import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/check-answer';
import { type Environment, withEnvironment } from '../runtime/environment';
import { quantile } from '../statistics';
import { inRounds } from './rounds';

export interface WarmSize {
  readonly rounds: number;
  readonly warmUp: number;
  readonly events: number;
}

/** One round of one contender, in milliseconds. */
export interface WarmRound {
  readonly answerP50: number;
  readonly answerP99: number;
  readonly turnaroundP50: number;
  readonly turnaroundP99: number;
  /** Microseconds of CPU that the process takes for an event, until it has asked for the next; NaN where nobody tells. */
  readonly cpu: number;
}

/** Warm answer and turn-around: in each round a fresh process for each contender, warmed up, one event at a time. */
export function measureWarm(
  bundles: readonly Bundle[],
  { rounds, warmUp, events }: WarmSize,
): Promise<ReadonlyMap<Bundle, readonly WarmRound[]>> {
  return inRounds(bundles, rounds, (bundle) =>
    withEnvironment(bundle, async (environment) => {
      await invokeMany(environment, warmUp);
      const before = environment.cpuTime;
      const samples = await invokeMany(environment, events);
      return { ...summary(samples), cpu: (environment.cpuTime - before) / events };
    }),
  );
}

/** Microseconds of CPU for an event that a handler answers with nothing, one value a round. */
export async function measureEmpty(bundle: Bundle, { rounds, warmUp, events }: WarmSize): Promise<readonly number[]> {
  const measured = await inRounds([bundle], rounds, () =>
    withEnvironment(bundle, async (environment) => {
      const invoke = () => environment.invoke(functionUrlEvent({ message: 'Hello' }));
      for (let index = 0; index < warmUp; index += 1) await invoke();
      const before = environment.cpuTime;
      for (let index = 0; index < events; index += 1) await invoke();
      return (environment.cpuTime - before) / events;
    }),
  );
  return measured.get(bundle) ?? [];
}

interface Samples {
  readonly answer: number[];
  readonly turnaround: number[];
}

/** Checks every answer: one that is wrong ends the benchmark. */
async function invokeMany(environment: Environment, count: number): Promise<Samples> {
  const samples: Samples = { answer: [], turnaround: [] };
  for (let index = 0; index < count; index += 1) {
    const message = `Hello ${index}`;
    const { response, answerMs, turnaroundMs } = await environment.invoke(functionUrlEvent({ message }));
    checkAnswer(response, message);
    samples.answer.push(answerMs);
    samples.turnaround.push(turnaroundMs);
  }
  return samples;
}

function summary({ answer, turnaround }: Samples): Omit<WarmRound, 'cpu'> {
  return {
    answerP50: quantile(answer, 0.5),
    answerP99: quantile(answer, 0.99),
    turnaroundP50: quantile(turnaround, 0.5),
    turnaroundP99: quantile(turnaround, 0.99),
  };
}
