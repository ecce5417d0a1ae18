import type { Context } from 'aws-lambda';
import type { LambdaLogger } from './log/logger';
import type { HttpRequest } from './request/http-request';
import type { BackgroundTask } from './tasks/background-tasks';

/** Everything in AWS's context of the invocation, and what background work needs. */
export interface LambdaContext extends Context {
  /**
   * Writes structured records with the request id, at the level that LOG_LEVEL names (INFO if it names none). It belongs to
   * this invocation for good: its keys end with it, and what it logs late is not taken for a later invocation's.
   */
  readonly logger: LambdaLogger;

  /** The HTTP request, for all that the Input does not hold. Undefined when the payload came from a direct caller. */
  readonly request: HttpRequest | undefined;

  /**
   * Aborts `reserve` before the deadline, with a `DeadlineApproachingError` as its reason: stop and clean up. What has
   * not settled when half the reserve is used up is cut off: reported by name, and frozen with the environment.
   */
  readonly signal: AbortSignal;

  /**
   * Registers work that the invocation waits for after the response: a promise, or a function that starts once the
   * response has gone (at once when it has gone already), in the async context of this call, and gets `signal`. A task may
   * register another.
   *
   * A task that rejects is logged and counted under its name, and takes nothing else with it. Throws an
   * `InvocationEndedError` when the invocation has ended, a TypeError when `task` is neither promise nor function.
   */
  readonly waitUntil: (task: BackgroundTask, name?: string) => void;
}

/**
 * Adds ours to AWS's own object rather than to a copy: in Node.js 22's runtime (aws-lambda-ric 3)
 * `callbackWaitsForEmptyEventLoop` is an accessor, which a copy would cut off from the runtime. It is set to what
 * Node.js 24's runtime always does: the invocation ends when `handle` and its tasks have, whatever timers and sockets
 * are still open. Left as it was, those of a task that was cut off would hold this invocation and each one after it.
 */
export function extendContext(
  context: Context,
  { logger, request, signal, waitUntil }: Pick<LambdaContext, 'logger' | 'request' | 'signal' | 'waitUntil'>,
): asserts context is LambdaContext {
  // Always the same keys: contexts of many hidden classes would each be kept by V8 until a full garbage collection.
  Object.assign(context, { logger, request, signal, waitUntil, callbackWaitsForEmptyEventLoop: false });
}
