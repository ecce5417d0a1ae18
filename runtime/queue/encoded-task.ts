import type { InvocationOfTasks, LambdaContext, QueuedTask } from '../context';
import { UnknownTaskError } from '../errors';
import { textIn } from '../log/environment-variable';
import { describeRefusal } from './describe-refusal';
import { EnqueueError, QueuedTaskTooLargeError } from './errors';
import { loadClient, preloadClient } from './load-client';
import { encodePayload } from './payload';

interface Definition {
  readonly name: string;
  readonly run: (input: unknown, id: string, context: LambdaContext) => Promise<void>;
}

/** A task with its input as it goes into the queue: as JSON, taken when the task is made. */
export class EncodedTask implements QueuedTask {
  readonly name: string;
  readonly #run: Definition['run'];
  readonly #json: string;
  #id: string | undefined;
  #validation: Promise<unknown> | undefined;

  /** Throws a TypeError when the input is no JSON. */
  constructor({ name, run }: Definition, input: unknown) {
    this.name = name;
    this.#run = run;
    this.#json = jsonOf(name, input);
  }

  /** Made when it is first asked for: the first one loads what Node.js has for it, which the caller need not wait for. */
  get id(): string {
    return (this.#id ??= crypto.randomUUID());
  }

  /** As it comes out of the queue. */
  get input(): unknown {
    const input: unknown = JSON.parse(this.#json);
    return input;
  }

  /** `enqueue` is to wait for this, and to reject as it does. */
  validatedBy(validation: Promise<unknown>): void {
    // Where it is not enqueued, the run tells of the same.
    validation.catch(() => undefined);
    this.#validation = validation;
  }

  async enqueue(invocation: InvocationOfTasks): Promise<void> {
    this.#assertKnown(invocation);
    await this.#validation;
    if (!isEmulatedWithoutQueue()) {
      await this.#send(invocation, invocation.remaining());
      return;
    }
    if (!hasWarned) invocation.log.addWarning(`${noQueue}: the tasks run here, after the answer`, { task: this.name });
    hasWarned = true;
    this.#register(invocation, this.name);
  }

  waitUntil(invocation: InvocationOfTasks, name?: unknown): void {
    this.#assertKnown(invocation);
    this.#assertQueueable();
    this.#register(invocation, typeof name === 'string' ? name : this.name);
    // Where nothing has needed the client until then: there is time for the hand-over, but none to load it too.
    invocation.context.signal.addEventListener('abort', preloadClient, { once: true });
  }

  /** It runs after the answer; where it fails or is cut off it goes to the queue, and if that fails too it is lost. */
  #register(invocation: InvocationOfTasks, name: string): void {
    const { context, log, tasks } = invocation;
    const work = async () => {
      await loadClient();
      await this.#run(this.input, this.id, context);
    };
    const queue = async () => {
      try {
        await this.#send(invocation, invocation.remaining() * handOverPart);
        return true;
      } catch (error) {
        log.addLostTask(error, { task: name, bytes: this.#bytes });
        return false;
      }
    };
    tasks.register(work, name, { id: () => this.id, queue });
  }

  async #send({ identity }: InvocationOfTasks, milliseconds: number): Promise<void> {
    this.#assertQueueable();
    if (isEmulatedWithoutQueue()) throw new EnqueueError(`The task "${this.name}" is not queued: ${noQueue}`);
    try {
      const { invokeAsynchronously } = await loadClient();
      await invokeAsynchronously(identity, encodePayload(this, this.#json), milliseconds);
    } catch (cause) {
      throw describeRefusal(cause, { name: this.name, bytes: this.#bytes, functionArn: identity.invokedFunctionArn });
    }
  }

  #assertKnown(invocation: InvocationOfTasks): void {
    if (invocation.knows(this.name)) return;
    throw new UnknownTaskError(`Expected LambdaRuntime to have the task "${this.name}" among its tasks, it has not`);
  }

  #assertQueueable(): void {
    if (this.#bytes <= mostBytes) return;
    throw new QueuedTaskTooLargeError(
      `Expected the task "${this.name}" to have ${mostBytes} bytes at most, received ${this.#bytes}`,
    );
  }

  get #bytes(): number {
    return Buffer.byteLength(encodePayload({ name: this.name, id: anyId }, this.#json));
  }
}

/** As long as each of them. */
const anyId = '00000000-0000-0000-0000-000000000000';

/** 1 MB (AWS: "Lambda quotas", asynchronous invocation payload). */
const mostBytes = 1_048_576;

/** The part of what remains that a hand-over may take. The report has the rest: it is written by a fraction of a processor too. */
const handOverPart = 2 / 3;

const noQueue = 'sam local has no event queue';
let hasWarned = false;

/** The local Lambda, and whoever else has a Lambda API, names it to the function. */
function isEmulatedWithoutQueue(): boolean {
  return process.env['AWS_SAM_LOCAL'] === 'true' && textIn(process.env['AWS_ENDPOINT_URL_LAMBDA']) === undefined;
}

function jsonOf(name: string, input: unknown): string {
  const expected = `Expected an input of the task "${name}" that is JSON`;
  let json: unknown;
  try {
    json = JSON.stringify(input);
  } catch (cause) {
    throw new TypeError(`${expected}, JSON.stringify refuses it`, { cause });
  }
  if (typeof json !== 'string') throw new TypeError(`${expected}, received ${typeof input}`);
  return json;
}
