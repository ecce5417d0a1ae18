import type { Context } from 'aws-lambda';
import { BackgroundTasks, type Outcome, type TaskFailureListener } from './tasks/background-tasks';
import type { RunningInvocation } from './running-invocation';
import { endOfTick, now, turn } from './clock';
import type { LambdaAdapter } from './adapters/adapter';
import { extendContext, type LambdaContext } from './context';
import { graceOver, startDeadline } from './deadline';
import { bodyNotEnded } from './errors';
import { errorForCaller, type HandlerOutcome, outcomeOf } from './failures/handler-outcome';
import { sendFailure } from './response/failure-response';
import { type InvocationRequest, readInvocationEvent } from './request/invocation-request';
import { type InvocationIdentity, identify } from './log/invocation-identity';
import { InvocationLog } from './log/invocation-log';
import { InvocationLogger } from './log/logger';
import type { RecordWriter } from './log/record-writer';
import type { QueuedTaskAdapter } from './queue/queued-task-adapter';
import { invocationError } from './failures/invocation-error';
import { ResponseStream } from './response/response-stream';

export interface InvocationOptions {
  readonly records: RecordWriter;
  /** Milliseconds, see LambdaRuntimeOptions. */
  readonly reserve: number | undefined;
  readonly coldStart: boolean;
  /** Undefined for a function without queued tasks. */
  readonly delivery: QueuedTaskAdapter | undefined;
}

/** One invocation, from its event to its report: everything that belongs to it alone lives here. */
export class Invocation implements RunningInvocation {
  readonly #startedAt = now();
  readonly #deadlineAt: number;
  readonly #awsContext: Context;
  readonly #identity: InvocationIdentity;
  readonly #options: InvocationOptions;
  readonly #request: InvocationRequest;
  readonly #response: ResponseStream;
  readonly #log: InvocationLog;
  readonly #windUp = new AbortController();
  readonly #tasks: BackgroundTasks;
  #respondedAt: number | undefined;
  #waitUntil: LambdaContext['waitUntil'] | undefined;
  #handingOver: Promise<void> | undefined;

  constructor(event: unknown, stream: awslambda.HttpResponseStream, context: Context, options: InvocationOptions) {
    // Taken now: the context is the handler's to change.
    this.#deadlineAt = this.#startedAt + context.getRemainingTimeInMillis();
    this.#identity = identify(context, options.coldStart);
    this.#awsContext = context;
    this.#options = options;
    this.#request = readInvocationEvent(event);
    this.#log = new InvocationLog(options.records, this.#identity);
    const onTaskFailure: TaskFailureListener = (error, name, work) => {
      this.#log.addTaskFailure(error, name, work);
    };
    this.#tasks = new BackgroundTasks(this.#windUp.signal, onTaskFailure, this.#startedAt);
    this.#response = new ResponseStream(stream, this.#request, () => {
      this.#respondedAt = now();
      this.#tasks.start();
    });
  }

  /** That of the context, for whoever has no context at hand. */
  readonly waitUntil: LambdaContext['waitUntil'] = (task, name) => {
    this.#waitUntil?.(task, name);
  };

  /** Takes an error that nobody caught: it is logged and counted, and nothing else ends with it. */
  addStray(error: unknown, promise?: Promise<unknown>): void {
    this.#log.addStray(error, promise);
  }

  /**
   * Resolves when the invocation is over and Lambda may freeze the environment. Rejects only to make an invocation
   * error, for a direct caller or for one that has half of a body: the runtime client has no other way to send one, so
   * the tasks come before it.
   */
  async run(adapter: LambdaAdapter): Promise<void> {
    const handling = outcomeOf(() => adapter.handle(this.#request, this.#response, this.#context()));
    // Only then: the answer of a handler that writes at once is on its way already, and has not waited for timers. What has
    // blocked the process until then has used up its time all the same.
    await endOfTick();
    const deadline = startDeadline(this.#windUp, this.#deadlineAt - now(), {
      reserve: this.#options.reserve,
      leastReserve: this.#options.delivery?.leastReserve,
    });
    try {
      const ended = await this.#endOfHandler(handling, deadline.graceOver);
      const untold = errorForCaller(ended, this.#response.sent);
      this.#log.addHandlerOutcome(ended, untold);
      const endedAt = now();
      if (untold !== undefined) await this.#answer(untold.error);

      if ((await Promise.race([this.#finish(), deadline.graceOver])) === graceOver) await this.#endTasks();
      this.#report(ended.outcome, this.#respondedAt ?? endedAt);

      if (untold !== undefined && this.#request.caller === 'direct') throw invocationError(untold.error);
      if (this.#response.close()) throw bodyNotEnded();
    } finally {
      deadline.stop();
    }
  }

  #context(): LambdaContext {
    const context = extendContext(this.#awsContext, {
      logger: new InvocationLogger(this.#options.records, this.#identity),
      request: this.#request.caller === 'http' ? this.#request : undefined,
      signal: this.#windUp.signal,
      identity: this.#identity,
      tasks: this.#tasks,
      log: this.#log,
      knows: (name) => this.#options.delivery?.knows(name) === true,
      remaining: () => this.#deadlineAt - now(),
    });
    this.#waitUntil = context.waitUntil;
    return context;
  }

  async #endOfHandler(handling: Promise<HandlerOutcome>, grace: Promise<typeof graceOver>): Promise<HandlerOutcome> {
    const ended = await Promise.race([handling, grace]);
    if (ended !== graceOver) return ended;
    this.#watch(handling);
    // Past the grace no task starts any more, not even when the 504 has gone. What can be queued does not wait for it.
    this.#endTasks().catch(() => undefined);
    return { outcome: 'cut off' };
  }

  /** Cuts off what has not settled, and hands it to the queue where that can be; once. */
  #endTasks(): Promise<void> {
    return (this.#handingOver ??= this.#tasks.endAndQueue());
  }

  /** What was cut off may still fail, when a later invocation thaws the environment: late, but seen. */
  #watch(handling: Promise<HandlerOutcome>): void {
    handling
      .then((ended) => {
        if (ended.outcome === 'failed' && !this.#response.hasCutOff(ended.error)) throw ended.error;
      })
      .catch((error: unknown) => {
        this.#log.addFailure('Handler failed', error);
      });
  }

  async #answer(error: Error): Promise<void> {
    if (this.#request.caller === 'direct') {
      this.#response.close();
      return;
    }
    const onFailure = (cause: unknown) => {
      this.#log.addFailure('Response could not be sent', cause);
    };
    await sendFailure(this.#response, error, onFailure).catch(onFailure);
  }

  /**
   * The response first: the functions among the tasks wait for it, and where none was sent they start now. Then a turn of
   * the event loop, for what has rejected in this one to be in the report; it may register another task.
   */
  async #finish(): Promise<void> {
    await this.#response.over;
    this.#tasks.start();
    do {
      await this.#tasks.drain();
      await turn();
    } while (this.#tasks.busy);
  }

  #report(handler: Outcome, backgroundStartedAt: number): void {
    const respondedAt = this.#respondedAt;
    const queuedTask = this.#options.delivery?.taskIn(this.#request);
    this.#log.report({
      ...(queuedTask && { queuedTask: { name: queuedTask.name, id: queuedTask.id } }),
      ...(respondedAt === undefined ? {} : { responseMs: Math.round(respondedAt - this.#startedAt) }),
      backgroundMs: Math.round(now() - backgroundStartedAt),
      handler,
      tasks: this.#tasks.end(),
    });
  }
}
