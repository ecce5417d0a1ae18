import { DeadlineApproachingError } from './errors';

/** The end of an invocation, seen from its start: first the abort, then the end of the grace, then Lambda's deadline. */
export interface Deadline {
  /** Resolves with `graceOver` when half the reserve is used up: what has not settled by then is cut off. */
  readonly graceOver: Promise<typeof graceOver>;
  /** Ends both timers: there is no abort any more. */
  stop(): void;
}

export const graceOver = Symbol('grace over');

/**
 * Starts the clock of an invocation that Lambda kills in `remaining` milliseconds (`getRemainingTimeInMillis`), and
 * aborts `controller` when no more than `reserve` remains. Both timers keep the event loop alive, so that a task that
 * waits for nothing cannot let the process run out.
 */
export function startDeadline(
  controller: AbortController,
  remaining: number,
  reserve = defaultReserve(remaining),
): Deadline {
  const kept = Math.min(reserve, remaining);
  const abortTimer = setTimeout(() => {
    controller.abort(new DeadlineApproachingError(`Lambda ends this invocation in ${kept} ms`));
  }, remaining - kept);

  let graceTimer: NodeJS.Timeout | undefined;
  const graceEnd = new Promise<typeof graceOver>((resolve) => {
    graceTimer = setTimeout(resolve, remaining - kept / 2, graceOver);
  });

  return {
    graceOver: graceEnd,
    stop() {
      clearTimeout(abortTimer);
      clearTimeout(graceTimer);
    },
  };
}

/** A tenth of the time that remains, 200 ms at least and 2 s at most. */
function defaultReserve(remaining: number): number {
  return Math.min(2_000, Math.max(200, Math.round(remaining / 10)));
}
