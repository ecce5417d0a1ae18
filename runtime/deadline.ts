import { now } from './clock';
import { DeadlineApproachingError } from './errors';

/** The end of an invocation, seen from its start: the abort, then the end of the grace, then Lambda's deadline. */
export interface Deadline {
  /** Resolves with `graceOver` when half the reserve is used up: what has not settled by then is cut off. */
  readonly graceOver: Promise<typeof graceOver>;
  /** Stops the clock: there is no abort any more. */
  stop(): void;
}

export const graceOver = Symbol('grace over');

/**
 * Starts the clock of an invocation that Lambda kills in `remaining` milliseconds (`getRemainingTimeInMillis`), and
 * aborts `controller` when no more than `reserve` remains. Its timer keeps the event loop alive, so that a task that
 * waits for nothing cannot let the process run out.
 */
export function startDeadline(
  controller: AbortController,
  remaining: number,
  reserve = defaultReserve(remaining),
): Deadline {
  const kept = Math.min(reserve, remaining);
  const graceEnd = now() + remaining - kept / 2;
  let timer: NodeJS.Timeout | undefined;

  return {
    graceOver: new Promise((resolve) => {
      timer = setTimeout(() => {
        controller.abort(new DeadlineApproachingError(`Lambda ends this invocation in ${kept} ms`));
        timer = setTimeout(resolve, graceEnd - now(), graceOver);
      }, remaining - kept);
    }),
    stop() {
      clearTimeout(timer);
    },
  };
}

/** A tenth of the time that remains, 200 ms at least and 2 s at most. */
function defaultReserve(remaining: number): number {
  return Math.min(2_000, Math.max(200, Math.round(remaining / 10)));
}
