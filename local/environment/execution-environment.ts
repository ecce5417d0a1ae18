import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpServer } from '../http-server';
import type { LogLine, PlatformFailure } from '../platform-log';
import type { FunctionDefinition } from '../template';
import { ActiveInvocation, type InvocationResponse } from './active-invocation';
import { Deferred } from './deferred';
import { deliveredInvocation, type DeliveredInvocation, type Invocation } from './delivered-invocation';
import { EnvironmentLog } from './environment-log';
import { runtimeExited, timedOut, type Exit, type InvocationErrorPayload } from './invocation-error';
import { lambdaVariables } from './lambda-variables';
import type { NodeBinary } from './node-binary';
import { peakMemory } from './peak-memory';
import { startRuntimeApi, type RuntimeApiHost } from './runtime-api';
import { startRuntimeProcess, type RuntimeProcess } from './runtime-process';

export interface ExecutionEnvironmentOptions {
  readonly codeFolder: string;
  readonly region: string;
  readonly node: NodeBinary;
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  readonly onLog: (line: LogLine) => void;
  /** An invocation is over, the next may come. */
  readonly onIdle: () => void;
  /** The process has ended, there is no next. */
  readonly onExit: () => void;
}

/** Lambda gives an init 10 seconds, then lets it run once more within the timeout of the invocation. */
const INIT_SECONDS = 10;

/** One process that runs invocations, one at a time, behind a Runtime API of its own. */
export class ExecutionEnvironment implements RuntimeApiHost {
  /** Resolves when nothing of this environment is left. */
  readonly ended: Promise<void>;
  readonly #id = randomBytes(16).toString('hex');
  readonly #definition: FunctionDefinition;
  readonly #options: ExecutionEnvironmentOptions;
  readonly #log: EnvironmentLog;
  readonly #startedAt = performance.now();
  /** Resolves when init is over, well or not. */
  readonly #initialized = new Deferred();
  #initDuration: number | undefined;
  /** Until the first REPORT, which tells of the init. */
  #isCold = true;
  #process: RuntimeProcess | undefined;
  #maxMemoryUsed: number | undefined;
  #work = new Deferred<DeliveredInvocation>();
  #current: ActiveInvocation | undefined;
  #timer: NodeJS.Timeout | undefined;
  #killedBy: 'timeout' | 'close' | undefined;
  #initError: InvocationErrorPayload | undefined;
  #exit: Exit | undefined;

  constructor(definition: FunctionDefinition, options: ExecutionEnvironmentOptions) {
    this.#definition = definition;
    this.#options = options;
    this.#log = new EnvironmentLog(definition, this.#id, options.onLog);
    this.ended = this.#live();
  }

  get current(): ActiveInvocation | undefined {
    return this.#current;
  }

  /** Waits for init, then runs one invocation. The environment must be new or idle. */
  async run(invocation: Invocation): Promise<InvocationResponse> {
    await this.#initialized.promise;
    const current = new ActiveInvocation(randomUUID());
    const { requestId } = current;
    this.#current = current;
    this.#log.start(requestId);
    if (this.#exit) {
      this.#fail(current, this.#exit);
    } else {
      this.#killAfter(this.#definition.timeout);
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
    if (logMark !== undefined) await this.#process?.logged(logMark);
    // It died meanwhile, or is about to: the end of the process ends the invocation too.
    if (this.#killedBy ?? this.#exit) return new Promise(() => undefined);
    clearTimeout(this.#timer);
    this.#maxMemoryUsed = peakMemory(this.#process?.pid);
    this.#work = new Deferred();
    if (current) {
      this.#end(current, now - current.startedAt);
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

  /** Ends the process at once, whatever it is doing. */
  async close(): Promise<void> {
    this.#kill('close');
    await this.ended;
  }

  async #live(): Promise<void> {
    let exit: Exit = { code: null, signal: null };
    let api: HttpServer | undefined;
    try {
      api = await startRuntimeApi(this);
      if (this.#killedBy === undefined) exit = await this.#runProcess(`127.0.0.1:${api.port}`);
    } catch (error) {
      this.#initError = { errorType: 'Sandbox.Failed', errorMessage: String(error) };
    }
    await api?.close();
    this.#exited(exit);
  }

  #runProcess(runtimeApi: string): Promise<Exit> {
    const { codeFolder, node, region, ric } = this.#options;
    const { handler, timeout } = this.#definition;
    const where = { codeFolder, region, environmentId: this.#id, runtimeApi, node: node.path, ric };
    const env = lambdaVariables(this.#definition, where);
    const onLine = (text: string): void => {
      this.#log.function(text);
    };
    this.#log.initStart(node);
    this.#killAfter(INIT_SECONDS + timeout);
    this.#process = startRuntimeProcess({ node: node.path, ric, handler, cwd: codeFolder, env, onLine });
    return this.#process.exited;
  }

  #killAfter(seconds: number): void {
    this.#timer = setTimeout(() => {
      this.#maxMemoryUsed = peakMemory(this.#process?.pid);
      this.#kill('timeout');
    }, seconds * 1_000);
  }

  #kill(killedBy: 'timeout' | 'close'): void {
    this.#killedBy ??= killedBy;
    this.#process?.kill();
  }

  #exited(exit: Exit): void {
    clearTimeout(this.#timer);
    this.#exit = exit;
    const now = performance.now();
    if (this.#current) {
      this.#fail(this.#current, exit);
    } else if (this.#initDuration === undefined && this.#killedBy !== 'close') {
      this.#log.initFailure(now - this.#startedAt, platformFailure(this.#reason(exit)));
    }
    this.#initialized.resolve();
    this.#options.onExit();
  }

  /** Ends an invocation whose process is no more. */
  #fail(current: ActiveInvocation, exit: Exit): void {
    const error = this.#reason(exit, current.requestId);
    // Whoever closes the environment knows why, and the log needs no false alarm.
    if (this.#killedBy === 'close') {
      current.fail(error);
      current.end();
      return;
    }
    if (!this.#initError) this.#log.failure(current.requestId, error);
    current.fail(error);
    const duration = performance.now() - current.startedAt;
    this.#end(
      current,
      this.#killedBy === 'timeout' ? Math.min(duration, this.#definition.timeout * 1_000) : duration,
      platformFailure(error),
    );
  }

  #end(current: ActiveInvocation, duration: number, failure?: PlatformFailure): void {
    this.#log.end({
      requestId: current.requestId,
      duration,
      maxMemoryUsed: this.#maxMemoryUsed,
      initDuration: this.#isCold ? this.#initDuration : undefined,
      ...(failure ? { failure } : {}),
    });
    this.#isCold = false;
    this.#current = undefined;
    current.end();
  }

  #reason(exit: Exit, requestId = ''): InvocationErrorPayload {
    if (this.#initError) return this.#initError;
    return this.#killedBy === 'timeout'
      ? timedOut(requestId, this.#definition.timeout)
      : runtimeExited(requestId, exit);
  }
}

const platformFailure = ({ errorType }: InvocationErrorPayload): PlatformFailure =>
  errorType === 'Sandbox.Timedout' ? { status: 'timeout' } : { status: 'error', errorType };
