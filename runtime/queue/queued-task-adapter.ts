import type { LambdaAdapter } from '../adapters/adapter';
import type { LambdaContext } from '../context';
import { isRequestError, UnknownTaskError } from '../errors';
import type { InvocationRequest } from '../request/invocation-request';
import { preloadClient } from './load-client';
import { decodePayload, type QueuedPayload } from './payload';

/** What is delivered: a definition, as far as that is its matter. */
export interface DeliverableTask {
  readonly name: string;
  /** Runs a task that has come out of the queue. */
  run(input: unknown, id: string, context: LambdaContext): Promise<void>;
}

/** Runs what comes out of the queue, and gives all else to the user's adapter. */
export interface QueuedTaskAdapter extends LambdaAdapter {
  /** The task that a request carries. */
  taskIn(request: InvocationRequest): QueuedPayload | undefined;
  knows(name: string): boolean;
  /** Milliseconds. */
  readonly leastReserve: number;
}

/**
 * Only a direct payload can carry a queued task: that takes the permission to invoke the function. Throws an Error where
 * two tasks have one name.
 */
export function deliver(tasks: readonly DeliverableTask[], adapter: LambdaAdapter): QueuedTaskAdapter {
  const byName = new Map<string, DeliverableTask>();
  for (const task of tasks) {
    if (byName.has(task.name)) {
      throw new Error(`Expected each task to have a name of its own, received "${task.name}" twice`);
    }
    byName.set(task.name, task);
  }
  // No caller waits for an environment that is started ahead of its requests.
  if (process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'provisioned-concurrency') preloadClient();
  const taskIn = (request: InvocationRequest) =>
    request.caller === 'direct' ? decodePayload(request.event) : undefined;
  return {
    taskIn,
    knows: (name) => byName.has(name),
    leastReserve,
    async handle(request, response, context) {
      const queued = taskIn(request);
      if (queued === undefined) {
        await adapter.handle(request, response, context);
        return;
      }
      const task = byName.get(queued.name);
      if (task === undefined) throw unknownTask(queued.name, byName);
      await task.run(queued.input, queued.id, context).catch((error: unknown) => {
        throw blameless(queued, error);
      });
      // Last, so that a failure is the answer: Lambda tries again then.
      await response.sendJson(() => 'null');
    },
  };
}

/**
 * A third of it is what a hand-over has, for a connection over TLS as well, in a function of 128 MB: that has a fourteenth of
 * a processor (docs/decisions/0015).
 */
const leastReserve = 1_000;

function unknownTask(name: string, known: ReadonlyMap<string, unknown>): UnknownTaskError {
  return new UnknownTaskError(`Expected one of the tasks ${[...known.keys()].join(', ')}, received "${name}"`);
}

/** An error that blames the caller would be a warning in the log, but the queue is no caller. */
function blameless({ name }: QueuedPayload, error: unknown): unknown {
  return isRequestError(error) ? new Error(`The task "${name}" failed: ${error.message}`, { cause: error }) : error;
}
