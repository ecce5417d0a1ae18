import type { Context } from 'aws-lambda';
import { typeName } from './errors';
import type { LambdaLogger } from './log/logger';
import type { HttpRequest } from './request/http-request';
import type { InvocationIdentity } from './log/invocation-identity';
import type { InvocationLog } from './log/invocation-log';
import type { BackgroundTask, BackgroundTasks } from './tasks/background-tasks';
import { isQueuedTask as hasShapeOfQueuedTask } from './tasks/work';

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
   *
   * A queued task (`defineTask(...).with(input)`) runs here too, and if it fails or is cut off it is handed to Lambda's event
   * queue. Throws a QueuedTaskTooLargeError for one of more than 1 MB, and an UnknownTaskError for one that is not among the
   * `tasks` of the LambdaRuntime.
   */
  readonly waitUntil: (task: BackgroundTask | QueuedTask, name?: string) => void;

  /**
   * Puts a task into Lambda's event queue. Resolves when Lambda has accepted it: from then on it is not lost, and runs at
   * least once, in an invocation of its own. It may be called before the answer, which then waits for it, or after it.
   *
   * Rejects with an `EnqueueError` that names the task and says why Lambda does not accept it (docs/queued-tasks.md has the
   * others: the task is unknown or too large, its input does not fit an asynchronous schema, the invocation has ended), and
   * with a TypeError for what is no queued task. The invocation waits for what nobody awaits; what is still under way when the
   * grace ends is reported as a task cut off.
   */
  readonly enqueue: (task: QueuedTask) => Promise<void>;
}

/** Work with an input, as `defineTask(...).with(input)` gives it, to be given to `enqueue` or `waitUntil`. */
export interface QueuedTask {
  /** Of its definition. */
  readonly name: string;
  /** The same on each attempt: what to deduplicate by. */
  readonly id: string;
  /** For `context.enqueue` only, which is to be given the task. */
  enqueue(invocation: InvocationOfTasks): Promise<void>;
  /** For `context.waitUntil` only, which is to be given the task. */
  waitUntil(invocation: InvocationOfTasks, name?: string): void;
}

/** What a queued task needs of the invocation that it is made in. */
export interface InvocationOfTasks {
  readonly context: LambdaContext;
  readonly identity: InvocationIdentity;
  readonly tasks: BackgroundTasks;
  readonly log: InvocationLog;
  /** Whether the function can run a task of this name. */
  knows(name: string): boolean;
  /** Milliseconds until Lambda kills the invocation. */
  remaining(): number;
}

type Extension = Pick<LambdaContext, 'logger' | 'request' | 'signal'> & Omit<InvocationOfTasks, 'context'>;

/**
 * Adds ours to AWS's own object rather than to a copy: in Node.js 22's runtime (aws-lambda-ric 3)
 * `callbackWaitsForEmptyEventLoop` is an accessor, which a copy would cut off from the runtime. It is set to what
 * Node.js 24's runtime always does: the invocation ends when `handle` and its tasks have, whatever timers and sockets
 * are still open. Left as it was, those of a task that was cut off would hold this invocation and each one after it.
 */
export function extendContext(context: Context, extension: Extension): LambdaContext {
  const { logger, request, signal, tasks } = extension;
  const waitUntil: LambdaContext['waitUntil'] = (task, name) => {
    if (isQueuedTask(task)) task.waitUntil({ ...extension, context: extended }, name);
    else tasks.register(task, name);
  };
  const enqueue: LambdaContext['enqueue'] = async (task) => {
    if (!isQueuedTask(task)) throw new TypeError(`Expected defineTask(...).with(input), received ${typeName(task)}`);
    await tasks.hold(() => task.enqueue({ ...extension, context: extended }), task.name);
  };
  // Always the same keys: contexts of many hidden classes would each be kept by V8 until a full garbage collection.
  const own = { logger, request, signal, waitUntil, enqueue, callbackWaitsForEmptyEventLoop: false };
  const extended: LambdaContext = Object.assign(context, own);
  return extended;
}

function isQueuedTask(task: unknown): task is QueuedTask {
  return hasShapeOfQueuedTask(task);
}
