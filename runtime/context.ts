import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { HttpRequest } from './request/http-request';
import type { BackgroundTask } from './tasks/background-tasks';

/** Everything in AWS's context of the invocation, and what background work needs. */
export interface LambdaContext extends Context {
  /**
   * Powertools Logger: structured, with the request id, at the level that LOG_LEVEL names (INFO if it names none). It is
   * loaded at init where that is DEBUG or TRACE, else when it is first asked for, which takes some milliseconds: a handler
   * that asks before it answers lets the first caller of an environment wait for them. It belongs to this invocation for
   * good: its keys and its level end with it, and what it logs late is not taken for a later invocation's.
   */
  readonly logger: Logger;

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

interface Extension extends Pick<LambdaContext, 'request' | 'signal' | 'waitUntil'> {
  /** Asked for the logger only when somebody uses it. */
  readonly getLogger: () => Logger;
}

/**
 * Adds ours to AWS's own object rather than to a copy: in Node.js 22's runtime (aws-lambda-ric 3)
 * `callbackWaitsForEmptyEventLoop` is an accessor, which a copy would cut off from the runtime. It is set to what
 * Node.js 24's runtime always does: the invocation ends when `handle` and its tasks have, whatever timers and sockets
 * are still open. Left as it was, those of a task that was cut off would hold this invocation and each one after it.
 */
export function extendContext(
  context: Context,
  { getLogger, request, signal, waitUntil }: Extension,
): asserts context is LambdaContext {
  Object.assign(context, {
    request,
    signal,
    waitUntil,
    callbackWaitsForEmptyEventLoop: false,
    [loggerGetter]: getLogger,
  });
  Object.defineProperty(context, 'logger', loggerProperty);
}

const loggerGetter = Symbol('logger');

/**
 * One for all contexts. A getter of its own would give each context a hidden class of its own, which V8 keeps, with all
 * of the invocation, until the next full garbage collection.
 */
const loggerProperty = {
  get(this: { readonly [loggerGetter]: () => Logger }): Logger {
    return this[loggerGetter]();
  },
  enumerable: true,
  configurable: true,
};
