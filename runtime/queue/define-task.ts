import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { LambdaAdapter } from '../adapters/adapter';
import { assertSchema, eventIn, isPending, validate } from '../adapters/validate';
import type { LambdaContext, QueuedTask } from '../context';
import { BadRequestError } from '../errors';
import { assertNoQueuedTask } from '../tasks/work';
import { type DeliverableTask, deliver, type QueuedTaskAdapter } from './queued-task-adapter';
import { EncodedTask } from './encoded-task';
import { TaskInputError } from './errors';

/** The LambdaContext of the invocation that a task runs in, with the task's id. */
export interface TaskContext extends LambdaContext {
  /** The same on each attempt: what to deduplicate by. */
  readonly id: string;
}

/** Work with a name and a schema for its input. `LambdaRuntime` has to know it: `{ tasks: [SendReceipt] }`. */
export interface TaskDefinition<Input = never> extends DeliverableTask {
  /**
   * The task for this input, to be given to `context.enqueue` or `waitUntil`. Throws a TaskInputError when the input, as JSON,
   * does not fit the schema, and a TypeError when it is no JSON. What an asynchronous schema finds is told by `enqueue`.
   */
  with(input: Input): QueuedTask;
  /** The adapter that runs what comes out of the queue, and gives all else to `adapter`. */
  deliver(tasks: readonly DeliverableTask[], adapter: LambdaAdapter): QueuedTaskAdapter;
}

/**
 * Defines work that Lambda's event queue keeps until it has run, at least once (docs/queued-tasks.md). `work` receives the
 * input as the schema decodes it. When it rejects Lambda tries again, after one and after two minutes; then the task goes to
 * the function's on-failure destination. Throws a TypeError when `schema` is no Standard Schema or `name` is empty.
 */
export function defineTask<Input, Decoded>(
  name: string,
  schema: StandardSchemaV1<Input, Decoded>,
  work: (input: Decoded, context: TaskContext) => unknown,
): TaskDefinition<Input> {
  if (name === '') throw new TypeError('Expected a task to have a name, received an empty one');
  assertSchema(schema);
  const decoded = (result: StandardSchemaV1.Result<Decoded>) => inputIn(result, name);
  const run = async (input: unknown, id: string, context: LambdaContext): Promise<void> => {
    const valid = decoded(await validate(schema, input, { large: false }));
    assertNoQueuedTask(await work(valid, taskContext(context, id)), name);
  };
  return {
    name,
    run,
    deliver,
    with: (input) => {
      const task = new EncodedTask({ name, run }, input);
      const validation = validate(schema, task.input, { large: false });
      if (isPending(validation)) task.validatedBy(Promise.resolve(validation).then(decoded));
      else decoded(validation);
      return task;
    },
  };
}

function inputIn<Decoded>(result: StandardSchemaV1.Result<Decoded>, name: string): Decoded {
  try {
    return eventIn(
      result,
      () => `Expected an input that fits the schema of the task "${name}", received one that does not fit`,
    );
  } catch (error) {
    throw error instanceof BadRequestError ? new TaskInputError(error.message, error.issues) : error;
  }
}

/** Several tasks may run in one invocation, each with an id of its own. */
function taskContext(context: LambdaContext, id: string): TaskContext {
  const own = { id };
  Object.setPrototypeOf(own, context);
  if (!isTaskContext(own)) throw new TypeError('Expected the LambdaContext of an invocation');
  return own;
}

function isTaskContext(context: object): context is TaskContext {
  return 'id' in context && 'waitUntil' in context;
}
