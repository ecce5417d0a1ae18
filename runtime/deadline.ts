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
 * Starts the clock of an invocation that Lambda kills in `remaining` milliseconds, and aborts `controller` when no more
 * than `reserve` remains. Its timer keeps the event loop alive, so that a task that waits for nothing cannot let the
 * process run out.
 */
export function startDeadline(
  controller: AbortController,
  remaining: number,
  {
    reserve,
    leastReserve = 200,
  }: { readonly reserve?: number | undefined; readonly leastReserve?: number | undefined } = {},
): Deadline {
  const left = inTimersRange(remaining);
  const kept = Math.min(reserve ?? defaultReserve(left, leastReserve), left);
  const graceEnd = now() + left - kept / 2;
  let timer: NodeJS.Timeout | undefined;

  return {
    graceOver: new Promise((resolve) => {
      const endGrace = () => {
        // What rejects in this turn of the event loop is seen before the report is written.
        setImmediate(resolve, graceOver);
      };
      timer = setTimeout(() => {
        controller.abort(new DeadlineApproachingError(`Lambda ends this invocation in ${Math.round(kept)} ms`));
        timer = setTimeout(endGrace, graceEnd - now());
      }, left - kept);
    }),
    stop() {
      clearTimeout(timer);
    },
  };
}

/** Node.js takes a timer past 2^31 - 1 ms, 24 days, for one of 1 ms. NaN and Infinity count as the longest. */
function inTimersRange(milliseconds: number): number {
  const longest = 2 ** 31 - 1;
  return Number.isNaN(milliseconds) ? longest : Math.min(Math.max(milliseconds, 0), longest);
}

/**
 * A tenth of the time that remains, `least` at least and 2 s at most. A `least` of more than 200 ms takes half of the time at
 * most.
 */
function defaultReserve(remaining: number, least: number): number {
  const floor = Math.max(200, Math.min(least, remaining / 2));
  return Math.min(2_000, Math.max(floor, Math.round(remaining / 10)));
}
