import { DeadlineApproachingError } from './errors';

/** The end of an invocation as seen from its start: first the signal, then the grace, then Lambda's own deadline. */
export interface Deadline {
  /** Aborts `reserve` before the deadline. */
  readonly signal: AbortSignal;
  /** Resolves with `graceOver` when half the reserve is used up: what has not settled by then is cut off. */
  readonly graceOver: Promise<typeof graceOver>;
  /** Ends both timers. The signal aborts no more. */
  stop(): void;
}

export const graceOver = Symbol('grace over');

/**
 * Starts the clock of an invocation that Lambda kills in `remaining` milliseconds (`getRemainingTimeInMillis`). Both
 * timers keep the event loop alive, so that a task that waits for nothing cannot let the process run out.
 */
export function startDeadline(remaining: number, asked = defaultReserve(remaining)): Deadline {
  const reserve = Math.min(asked, remaining);
  const controller = new AbortController();
  const signalTimer = setTimeout(() => {
    controller.abort(new DeadlineApproachingError(`Lambda ends this invocation in ${reserve} ms`));
  }, remaining - reserve);

  let graceTimer: NodeJS.Timeout | undefined;
  const graceEnd = new Promise<typeof graceOver>((resolve) => {
    graceTimer = setTimeout(resolve, remaining - reserve / 2, graceOver);
  });

  return {
    signal: controller.signal,
    graceOver: graceEnd,
    stop() {
      clearTimeout(signalTimer);
      clearTimeout(graceTimer);
    },
  };
}

/** A tenth of the time that remains, 200 ms at least and 2 s at most. */
function defaultReserve(remaining: number): number {
  return Math.min(2_000, Math.max(200, Math.round(remaining / 10)));
}
