import { randomBytes, randomUUID } from 'node:crypto';
import type { LogLine, PlatformFailure } from '../platform-log';
import type { FunctionDefinition } from '../template';
import { ActiveInvocation, type InvocationResponse } from './active-invocation';
import { Deferred } from './deferred';
import { deliveredInvocation, type DeliveredInvocation, type Invocation } from './delivered-invocation';
import { EnvironmentLog } from './environment-log';
import { runtimeExited, timedOut, type InvocationErrorPayload } from './invocation-error';
import type { RuntimeApiHost } from './runtime-api';
import { Sandbox, type SandboxEnd, type SandboxOptions } from './sandbox';

export interface ExecutionEnvironmentOptions extends Pick<
  SandboxOptions,
  'codeFolder' | 'region' | 'node' | 'ric' | 'debugPort'
> {
  readonly onLog: (line: LogLine) => void;
  /** An invocation is over, the next may come. */
  readonly onIdle: () => void;
  /** The process has ended, there is no next. */
  readonly onExit: () => void;
}

/** Lambda gives an init 10 seconds, then lets it run once more within the timeout of the invocation. */
const INIT_SECONDS = 10;

/** One sandbox that runs invocations, one at a time: INIT_START once, then START to REPORT for each. */
export class ExecutionEnvironment implements RuntimeApiHost {
  readonly #definition: FunctionDefinition;
  readonly #options: ExecutionEnvironmentOptions;
  readonly #log: EnvironmentLog;
  readonly #sandbox: Sandbox;
  readonly #ended: Promise<void>;
  readonly #startedAt = performance.now();
  /** Resolves when init is over, well or not. */
  readonly #initialized = new Deferred();
  #initDuration: number | undefined;
  #initError: InvocationErrorPayload | undefined;
  /** Until the first REPORT, which tells of the init. */
  #isCold = true;
  #work = new Deferred<DeliveredInvocation>();
  #current: ActiveInvocation | undefined;
  #end: SandboxEnd | undefined;

  constructor(definition: FunctionDefinition, options: ExecutionEnvironmentOptions) {
    const environmentId = randomBytes(16).toString('hex');
    this.#definition = definition;
    this.#options = options;
    this.#log = new EnvironmentLog(definition, environmentId, options.onLog);
    this.#log.initStart(options.node);
    const onLine = (text: string): void => {
      this.#log.function(text);
    };
    this.#sandbox = new Sandbox(definition, { ...options, environmentId, host: this, onLine });
    this.#sandbox.killAfter(INIT_SECONDS + definition.timeout);
    this.#ended = this.#sandbox.ended.then((end) => {
      this.#sandboxEnded(end);
    });
  }

  get current(): ActiveInvocation | undefined {
    return this.#current;
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
      this.#sandbox.killAfter(this.#definition.timeout);
      const { region } = this.#options;
      this.#work.resolve(deliveredInvocation(invocation, { definition: this.#definition, region, requestId }));
    }
    return current.response;
  }

  async next(logMark: number | undefined): Promise<DeliveredInvocation> {
    const current = this.#current;
    // The response may come on another connection than `next`, and a little later.
    await current?.answered;
    const now = performance.now();
    if (logMark !== undefined) await this.#sandbox.logged(logMark);
    // It died meanwhile, or is about to: the end of the sandbox ends the invocation too.
    if (this.#sandbox.isEnding || this.#end) return new Promise(() => undefined);
    this.#sandbox.keepAlive();
    this.#sandbox.measureMemory();
    this.#work = new Deferred();
    if (current) {
      this.#endInvocation(current, now - current.startedAt);
      this.#options.onIdle();
    } else {
      this.#initDuration = now - this.#startedAt;
      this.#initialized.resolve();
    }
    return this.#work.promise;
  }

  initFailed(error: InvocationErrorPayload): void {
    this.#initError = error;
  }

  /** Ends the process at once, whatever it is doing; resolves when nothing is left of it. */
  async close(): Promise<void> {
    this.#sandbox.kill('close');
    await this.#ended;
  }

  #sandboxEnded(end: SandboxEnd): void {
    this.#end = end;
    if (this.#current) {
      this.#failInvocation(this.#current, end);
    } else if (this.#initDuration === undefined && end.killedBy !== 'close') {
      this.#log.initFailure(performance.now() - this.#startedAt, platformFailure(this.#errorOf(end, '')));
    }
    this.#initialized.resolve();
    this.#options.onExit();
  }

  #failInvocation(current: ActiveInvocation, end: SandboxEnd): void {
    const error = this.#errorOf(end, current.requestId);
    // Whoever closes the environment knows why, and the log needs no false alarm.
    if (end.killedBy === 'close') {
      current.fail(error);
      current.end();
      return;
    }
    if (this.#initDuration !== undefined) this.#log.failure(current.requestId, error);
    current.fail(error);
    const duration = performance.now() - current.startedAt;
    const limit = end.killedBy === 'timeout' ? this.#definition.timeout * 1_000 : Infinity;
    this.#endInvocation(current, Math.min(duration, limit), platformFailure(error));
  }

  #endInvocation(current: ActiveInvocation, duration: number, failure?: PlatformFailure): void {
    this.#log.end({
      requestId: current.requestId,
      duration,
      maxMemoryUsed: this.#sandbox.maxMemoryUsed,
      initDuration: this.#isCold ? this.#initDuration : undefined,
      ...(failure ? { failure } : {}),
    });
    this.#isCold = false;
    this.#current = undefined;
    current.end();
  }

  #errorOf({ exit, killedBy, error }: SandboxEnd, requestId: string): InvocationErrorPayload {
    const known = error ?? this.#initError;
    if (known) return known;
    return killedBy === 'timeout' ? timedOut(requestId, this.#definition.timeout) : runtimeExited(requestId, exit);
  }
}

const platformFailure = ({ errorType }: InvocationErrorPayload): PlatformFailure =>
  errorType === 'Sandbox.Timedout' ? { status: 'timeout' } : { status: 'error', errorType };
