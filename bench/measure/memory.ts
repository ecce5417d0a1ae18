import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/check-answer';
import { withEnvironment } from '../runtime/environment';
import { inRounds } from './rounds';

export interface MemorySize {
  readonly rounds: number;
  readonly invocations: number;
}

/** The most memory each process held, in MB, by the end of its invocations; NaN where the system does not tell. */
export function measureMemory(
  bundles: readonly Bundle[],
  { rounds, invocations }: MemorySize,
): Promise<ReadonlyMap<Bundle, readonly number[]>> {
  return inRounds(bundles, rounds, (bundle) =>
    withEnvironment(bundle, async (environment) => {
      for (let index = 0; index < invocations; index += 1) {
        const { response } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
        checkAnswer(response, 'Hello');
      }
      return environment.peakMemory ?? Number.NaN;
    }),
  );
}
