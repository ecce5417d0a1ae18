import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/answer';
import { withEnvironment } from '../runtime/environment';
import { inRounds } from './rounds';

/** One fresh process, in milliseconds since its start. */
export interface ColdRound {
  /** Until it asked for its first event: Node.js, the runtime client, and importing the function. */
  readonly importMs: number;
  /** Until the end of its first response. */
  readonly firstAnswerMs: number;
}

export function measureCold(
  bundles: readonly Bundle[],
  rounds: number,
): Promise<ReadonlyMap<Bundle, readonly ColdRound[]>> {
  return inRounds(bundles, rounds, (bundle) =>
    withEnvironment(bundle, async (environment) => {
      const importMs = await environment.ready();
      const { response, answerMs } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
      checkAnswer(response, 'Hello');
      return { importMs, firstAnswerMs: importMs + answerMs };
    }),
  );
}

/** Milliseconds until each bundle asked for its first event, for bundles that are not to be invoked too. */
export function measureImport(
  bundles: readonly Bundle[],
  rounds: number,
): Promise<ReadonlyMap<Bundle, readonly number[]>> {
  return inRounds(bundles, rounds, (bundle) => withEnvironment(bundle, (environment) => environment.ready()));
}
