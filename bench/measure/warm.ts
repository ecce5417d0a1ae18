import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/answer';
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
}

/** Warm answer and turn-around: in each round a fresh process for each contender, warmed up, one event at a time. */
export function measureWarm(
  bundles: readonly Bundle[],
  { rounds, warmUp, events }: WarmSize,
): Promise<ReadonlyMap<Bundle, readonly WarmRound[]>> {
  return inRounds(bundles, rounds, (bundle) =>
    withEnvironment(bundle, async (environment) => {
      await invokeMany(environment, warmUp);
      return summary(await invokeMany(environment, events));
    }),
  );
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

function summary({ answer, turnaround }: Samples): WarmRound {
  return {
    answerP50: quantile(answer, 0.5),
    answerP99: quantile(answer, 0.99),
    turnaroundP50: quantile(turnaround, 0.5),
    turnaroundP99: quantile(turnaround, 0.99),
  };
}
