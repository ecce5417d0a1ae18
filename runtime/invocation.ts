import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { BackgroundTasks, type Outcome } from './background-tasks';
import type { LambdaAdapter } from './codable-adapter';
import { extendContext } from './context';
import { type Deadline, graceOver, startDeadline } from './deadline';
import { toError } from './errors';
import { FailureLog } from './failure-log';
import { failureResponse } from './failure-response';
import { type InvocationRequest, readInvocationEvent } from './invocation-event';
import { writeReport } from './report';
import { ResponseStream } from './response-stream';
import { judge, type Settlement, settle, watchCutOff } from './settlement';

export interface InvocationOptions {
  readonly logger: Logger;
  /** Milliseconds, see LambdaRuntimeOptions. */
  readonly reserve: number | undefined;
  readonly coldStart: boolean;
}

/** One invocation, from its event to its report: everything that belongs to it alone lives here. */
export class Invocation {
  readonly #startedAt = performance.now();
  readonly #awsContext: Context;
  readonly #logger: Logger;
  readonly #coldStart: boolean;
  readonly #request: InvocationRequest;
  readonly #response: ResponseStream;
  readonly #deadline: Deadline;
  readonly #failures: FailureLog;
  readonly #tasks: BackgroundTasks;
  #respondedAt: number | undefined;

  constructor(
    event: unknown,
    stream: awslambda.HttpResponseStream,
    awsContext: Context,
    { logger, reserve, coldStart }: InvocationOptions,
  ) {
    this.#awsContext = awsContext;
    this.#logger = logger;
    this.#coldStart = coldStart;
    this.#request = readInvocationEvent(event);
    this.#deadline = startDeadline(awsContext.getRemainingTimeInMillis(), reserve);
    this.#failures = new FailureLog(logger, awsContext);
    this.#tasks = new BackgroundTasks(this.#deadline.signal, (error, task) => {
      this.#failures.add('Background task failed', error, { task });
    });
    this.#response = new ResponseStream(stream, this.#request, () => {
      this.#respondedAt = performance.now();
      this.#tasks.start();
    });
  }

  /** Takes an error that nobody caught: it is logged and counted, and nothing else ends with it. */
  stray(error: unknown): void {
    this.#failures.add('Error that nobody caught', error);
  }

  /**
   * Resolves when the invocation is over and Lambda may freeze the environment. Rejects only to make an invocation
   * error for a direct caller: the runtime client has no other way to send one, so the tasks come before it.
   */
  async run(adapter: LambdaAdapter): Promise<void> {
    this.#logger.resetKeys();
    this.#logger.addContext(this.#awsContext);
    try {
      const settlement = await this.#handle(adapter);
      const failure = judge(settlement, this.#response.sent, this.#failures);
      // Past the grace no task starts any more, not even when the 504 has gone.
      if (settlement.outcome === 'cut off') this.#tasks.end();
      const settledAt = performance.now();
      if (failure !== undefined) await this.#answer(failure.error);

      await this.#untilGraceIsOver(this.#finish());
      await this.#report(settlement.outcome, this.#respondedAt ?? settledAt);

      if (failure !== undefined && this.#request.caller === 'direct') throw failure.error;
    } finally {
      this.#deadline.stop();
    }
  }

  async #handle(adapter: LambdaAdapter): Promise<Settlement> {
    const context = extendContext(this.#awsContext, {
      logger: this.#logger,
      signal: this.#deadline.signal,
      waitUntil: (task, name) => {
        this.#tasks.register(task, name);
      },
    });
    const settling = settle(() => adapter.handle(this.#request, this.#response, context));
    const settlement = await this.#untilGraceIsOver(settling);
    if (settlement !== graceOver) return settlement;
    watchCutOff(settling, this.#failures);
    return { outcome: 'cut off' };
  }

  async #answer(error: unknown): Promise<void> {
    if (this.#request.caller === 'direct') {
      this.#response.close();
      return;
    }
    const { body, metadata } = failureResponse(error);
    try {
      await this.#response.send(() => JSON.stringify(body), metadata);
    } catch (cause) {
      this.#failures.add('Response could not be sent', cause);
    }
  }

  /** The response first: the functions among the tasks wait for it, and where none was sent they start now. */
  async #finish(): Promise<void> {
    await this.#response.settled;
    this.#tasks.start();
    await this.#tasks.settled();
  }

  async #report(handler: Outcome, backgroundStartedAt: number): Promise<void> {
    const tasks = this.#tasks.end();
    const cutOff = tasks.filter(({ outcome }) => outcome === 'cut off');
    for (const { name } of cutOff) this.#failures.addCutOff('Background task cut off', { task: name });
    const { awsRequestId, functionName } = this.#awsContext;
    const respondedAt = this.#respondedAt;
    try {
      await writeReport(this.#logger, functionName, {
        requestId: awsRequestId,
        coldStart: this.#coldStart,
        ...(respondedAt === undefined ? {} : { responseMs: Math.round(respondedAt - this.#startedAt) }),
        backgroundMs: Math.round(performance.now() - backgroundStartedAt),
        handler,
        tasks,
        failures: this.#failures.close(),
      });
    } catch (error) {
      this.#logger.error('Report could not be written', toError(error));
    }
  }

  #untilGraceIsOver<Result>(work: Promise<Result>): Promise<Result | typeof graceOver> {
    return Promise.race([work, this.#deadline.graceOver]);
  }
}
