import { randomBytes, randomUUID } from 'node:crypto';
import type { LogLine } from '../log/platform-log';
import type { FunctionDefinition } from '../template/definition';
import { ActiveInvocation, type InvocationResponse } from './response';
import { Deferred } from './deferred';
import { deliveredInvocation, type DeliveredInvocation, type Invocation } from './invocation';
import { EnvironmentLog } from './environment-log';
import { InitPhase } from './init-phase';
import type { InitQueue } from './init-queue';
import { closedEarly, errorOf, failureOf, type InvocationErrorPayload, type ProcessEnd } from './invocation-error';
import type { RuntimeApiHost } from './runtime-api';
import type { RuntimeProcessOptions } from './runtime-process';

export interface ExecutionEnvironmentOptions extends Pick<
  RuntimeProcessOptions,
  'codeFolder' | 'region' | 'node' | 'ric' | 'debugPort'
> {
  /** What Lambda gives an init before it runs it once more, within the timeout of the invocation. */
  readonly initSeconds: number;
  readonly initQueue: InitQueue;
  readonly onLog: (line: LogLine) => void;
  /** An invocation is over, the next may come. */
  readonly onIdle: () => void;
  /** The process has ended, there is no next. */
  readonly onExit: () => void;
}

/** Runs invocations, one at a time, and stands still between them: INIT_START once, then START to REPORT for each. */
export class ExecutionEnvironment implements RuntimeApiHost {
  readonly #environmentId = randomBytes(16).toString('hex');
  readonly #definition: FunctionDefinition;
  readonly #options: ExecutionEnvironmentOptions;
  readonly #log: EnvironmentLog;
  readonly #ended: Promise<void>;
  /** Resolves when the first init is over, well or not. */
  readonly #initialized = new Deferred();
  #init: InitPhase | undefined;
  /** Until the first REPORT, which tells of the init. */
  #isCold = true;
  #work = new Deferred<DeliveredInvocation>();
  #current: ActiveInvocation | undefined;
  #isClosed = false;
  #end: ProcessEnd | undefined;

  constructor(definition: FunctionDefinition, options: ExecutionEnvironmentOptions) {
    this.#definition = definition;
    this.#options = options;
    this.#log = new EnvironmentLog(definition, this.#environmentId, options.onLog);
    this.#ended = this.#live();
  }

  get current(): ActiveInvocation | undefined {
    return this.#current;
  }

  get isInitialized(): boolean {
    return this.#init?.isDone === true;
  }

  /** Waits for init, then runs one invocation. The environment must be new or idle. */
  async run(invocation: Invocation): Promise<InvocationResponse> {
    await this.#initialized.promise;
    const current = new ActiveInvocation(invocation.requestId ?? randomUUID());
    const { requestId } = current;
    this.#current = current;
    this.#log.start(requestId);
    if (this.#end) {
      this.#failInvocation(current, this.#end);
    } else {
      this.#init?.process.killAfter(this.#definition.timeout);
      this.#init?.process.thaw();
      const { region } = this.#options;
      this.#work.resolve(deliveredInvocation(invocation, { definition: this.#definition, region, requestId }));
    }
    return current.response;
  }

  async next(logMark: number | undefined): Promise<DeliveredInvocation> {
    const init = this.#init;
    const ending = this.isInitialized ? this.#current : undefined;
    // The response may come on another connection than `next`, and a little later.
    await ending?.answered;
    const now = performance.now();
    if (logMark !== undefined) await init?.process.logged(logMark);
    // It died meanwhile, or is about to: the end of the process ends the invocation too.
    if (!init || init !== this.#init || init.process.isEnding || this.#end) return new Promise(() => undefined);
    if (!init.isDone) {
      init.done(now);
      this.#initialized.resolve();
    } else if (ending) {
      init.process.freeze();
      this.#work = new Deferred();
      this.#endInvocation(ending, now - ending.startedAt);
      this.#options.onIdle();
    }
    return this.#work.promise;
  }

  initFailed(error: InvocationErrorPayload): void {
    this.#init?.failing(error);
  }

  /** Ends the process at once, whatever it is doing; resolves when nothing is left of it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#init?.process.kill('close');
    await this.#ended;
  }

  async #live(): Promise<void> {
    let end = await this.#firstProcess();
    if (!this.isInitialized && !this.#isClosed) {
      // As on Lambda: init failed, so it is run once more in the invocation, which knows how long it may take.
      this.#initialized.resolve();
      await this.#work.promise;
      end = await this.#runProcess('invoke', this.#definition.timeout);
    }
    this.#end = end;
    if (this.#current) this.#failInvocation(this.#current, end);
    this.#initialized.resolve();
    this.#options.onExit();
  }

  async #firstProcess(): Promise<ProcessEnd> {
    const { initQueue, initSeconds, node } = this.#options;
    await initQueue.enter();
    const initOver = this.#initialized.promise.then(() => {
      initQueue.leave();
    });
    if (!this.#isClosed) this.#log.initStart(node);
    const end = await this.#runProcess('init', initSeconds);
    this.#initialized.resolve();
    await initOver;
    return end;
  }

  async #runProcess(phase: InitPhase['phase'], seconds: number): Promise<ProcessEnd> {
    if (this.#isClosed) return closedEarly;
    const onLine = (text: string): void => {
      this.#log.function(text);
    };
    this.#init = new InitPhase(this.#definition, {
      phase,
      seconds,
      log: this.#log,
      process: { ...this.#options, environmentId: this.#environmentId, host: this, onLine },
    });
    return this.#init.ended;
  }

  #failInvocation(current: ActiveInvocation, end: ProcessEnd): void {
    const error = errorOf(end, this.#definition, current.requestId);
    // Whoever closes the environment knows why, and the log needs no false alarm.
    if (end.killedBy === 'close') {
      current.fail(error);
      current.end();
      return;
    }
    if (this.isInitialized || end.killedBy) this.#log.failure(current.requestId, error);
    current.fail(error);
    const duration = performance.now() - current.startedAt;
    const limit = end.killedBy === 'timeout' ? this.#definition.timeout * 1_000 : Infinity;
    this.#endInvocation(current, Math.min(duration, limit), end);
  }

  #endInvocation(current: ActiveInvocation, duration: number, end?: ProcessEnd): void {
    const isColdStart = this.#isCold && this.#init?.phase === 'init';
    this.#log.end({
      requestId: current.requestId,
      duration,
      maxMemoryUsed: this.#init?.process.maxMemoryUsed,
      initDuration: isColdStart ? this.#init?.duration : undefined,
      ...(end && { failure: failureOf(errorOf(end, this.#definition, current.requestId)) }),
    });
    this.#isCold = false;
    this.#current = undefined;
    current.end();
  }
}
