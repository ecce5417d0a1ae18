import type { LogLine } from '../log/platform-log';
import type { FunctionDefinition } from '../template/definition';
import type { InvocationResponse } from './response';
import type { Invocation } from './invocation';
import { ExecutionEnvironment, type ExecutionEnvironmentOptions } from './execution-environment';
import { Handover } from './handover';
import { IdleEnvironments } from './idle-environments';
import { InitQueue } from './init-queue';
import { nodeBinaryFor } from './process/node-binary';
import { Throttle } from './throttle';

export type { InvocationResponse } from './response';
export type { Invocation } from './invocation';
export { TooManyRequestsError } from './throttle';

export interface EnvironmentPoolOptions {
  /** Where the handler's file is, after a build. */
  readonly codeFolder: string;
  /** Defaults to that of the developer's environment, then to us-east-1. */
  readonly region?: string;
  /** The entry file of the runtime interface client; defaults to that of the package aws-lambda-ric. */
  readonly ric?: string;
  /**
   * The response ends before the runtime asks for the next invocation, so a caller who is quick to call again finds the
   * environment busy. One that answered longer ago than this many milliseconds is at its background work.
   */
  readonly handover?: number;
  /** The function waits for a debugger at this port. There is then one environment, which invocations wait for. */
  readonly debugPort?: number;
  /** What an init may take, 10 as on Lambda by default. */
  readonly initSeconds?: number;
  /** How long an environment waits for an invocation before it is retired, 300 by default. */
  readonly idleSeconds?: number;
  readonly onLog: (line: LogLine) => void;
}

/** The execution environments of one function: as many as there are invocations at once. */
export class EnvironmentPool {
  readonly definition: FunctionDefinition;
  readonly region: string;
  readonly #options: Omit<ExecutionEnvironmentOptions, 'onIdle' | 'onExit'>;
  readonly #handoverTime: number;
  readonly #environments = new Set<ExecutionEnvironment>();
  /** Those of #environments that run code which has been replaced. */
  readonly #outdated = new Set<ExecutionEnvironment>();
  /** They are on their way out, and no longer count. */
  readonly #retired = new Set<ExecutionEnvironment>();
  readonly #idle: IdleEnvironments;
  readonly #handover = new Handover();
  readonly #throttle: Throttle;
  readonly #logListeners = new Set<(line: LogLine) => void>();
  #isClosed = false;

  constructor(definition: FunctionDefinition, options: EnvironmentPoolOptions) {
    const { codeFolder, region, ric, handover = 50, debugPort, initSeconds = 10, idleSeconds = 300, onLog } = options;
    this.definition = definition;
    this.#idle = new IdleEnvironments(idleSeconds, (environment) => {
      this.#retire(environment);
    });
    this.#throttle = new Throttle(definition);
    this.region = region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
    this.#handoverTime = handover;
    this.#options = {
      codeFolder,
      region: this.region,
      node: nodeBinaryFor(definition.runtime),
      ric: ric ?? require.resolve('aws-lambda-ric'),
      initSeconds,
      initQueue: new InitQueue(),
      ...(debugPort === undefined ? {} : { debugPort }),
      onLog: (line) => {
        onLog(line);
        for (const listener of this.#logListeners) listener(line);
      },
    };
  }

  /** Calls `listener` with each line of the log from now on, until the returned function is called. */
  observeLog(listener: (line: LogLine) => void): () => void {
    this.#logListeners.add(listener);
    return () => this.#logListeners.delete(listener);
  }

  /**
   * Resolves as soon as the status of the response is known, while the function may go on. A function that fails is a
   * response with an error; it rejects with TooManyRequestsError past the reserved concurrency, and past ten times as many
   * requests a second.
   */
  async invoke(invocation: Invocation): Promise<InvocationResponse> {
    this.#throttle.admitRequest();
    const environment = this.#idle.take() ?? (await this.#soonIdle()) ?? this.#start();
    return environment.run(invocation);
  }

  /** The code has changed: every environment is replaced, one that is busy once its invocation is over. */
  replaceEnvironments(): void {
    for (const environment of this.#environments) this.#outdated.add(environment);
    for (const environment of this.#idle.takeAll()) this.#retire(environment);
  }

  /** Ends every environment, whatever it is doing; no process remains. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#handover.giveUp();
    await Promise.all([...this.#environments, ...this.#retired].map((environment) => environment.close()));
  }

  /** Waits for an environment that is about to become idle, where there is one. */
  async #soonIdle(): Promise<ExecutionEnvironment | undefined> {
    const patience = this.#patience();
    return patience === undefined ? undefined : this.#handover.wait(patience);
  }

  /** Milliseconds that are worth waiting for an environment to become idle; undefined if another is to be started. */
  #patience(): number | undefined {
    if (this.#options.debugPort !== undefined) return this.#environments.size > 0 ? Infinity : undefined;
    const patience = [...this.#environments]
      .map(({ current }) => (current?.answeredAt ?? -Infinity) + this.#handoverTime - performance.now())
      .filter((milliseconds) => milliseconds > 0);
    return patience.length > this.#handover.waiting ? Math.max(...patience) : undefined;
  }

  #start(): ExecutionEnvironment {
    if (this.#isClosed) {
      throw new Error(`Expected the local Lambda to be running, but ${this.definition.name} has been closed`);
    }
    this.#throttle.admitEnvironment(this.#environments.size);
    const environment = new ExecutionEnvironment(this.definition, {
      ...this.#options,
      onIdle: () => {
        this.#release(environment);
      },
      onExit: () => {
        this.#forget(environment);
      },
    });
    this.#environments.add(environment);
    return environment;
  }

  #release(environment: ExecutionEnvironment): void {
    if (this.#outdated.has(environment)) this.#retire(environment);
    else if (!this.#handover.give(environment)) this.#idle.add(environment);
  }

  #retire(environment: ExecutionEnvironment): void {
    this.#forget(environment);
    this.#retired.add(environment);
    environment.close().catch(() => undefined);
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#retired.delete(environment);
    this.#outdated.delete(environment);
    this.#idle.remove(environment);
    // Who waited for this one need not wait any longer.
    if (this.#environments.delete(environment)) this.#handover.give(undefined);
  }
}
