import type { LogLine } from '../log/platform-log';
import type { FunctionDefinition } from '../template/definition';
import { ExecutionEnvironment } from './execution-environment';
import { InitQueue } from './init-queue';
import type { Invocation } from './invocation';
import type { PhaseChange } from './phase';
import type { InvocationResponse } from './response';
import { environmentSettings, type EnvironmentOptions, type EnvironmentSettings } from './settings';
import { Throttle } from './concurrency-limit';

export type { EndedInvocation, Invocation } from './invocation';
export type { PhaseChange } from './phase';
export type { InvocationResponse } from './response';
export type { ObservedTask } from './settings';
export { TooManyRequestsError } from './concurrency-limit';

export interface EnvironmentPoolOptions extends EnvironmentOptions {
  /**
   * The response ends before the runtime asks for the next invocation, so a caller who is quick to call again finds the
   * environment busy. One that answered longer ago than this many milliseconds is at its background work.
   */
  readonly handover?: number;
  /** Called whenever one of the environments begins a phase of its life. */
  readonly onPhase?: (change: PhaseChange) => void;
}

/** The execution environments of one function: as many as there are invocations at once. */
export class EnvironmentPool {
  readonly definition: FunctionDefinition;
  readonly #settings: EnvironmentSettings;
  readonly #handover: number;
  readonly #onPhase: EnvironmentPoolOptions['onPhase'];
  readonly #throttle: Throttle;
  readonly #initQueue = new InitQueue();
  /** Those that count, the one that was frozen last at the end. */
  readonly #environments = new Set<ExecutionEnvironment>();
  /** They are on their way out, and no longer count. */
  readonly #retired = new Set<ExecutionEnvironment>();
  /** Invocations that wait for an environment, first come first served; undefined tells them not to. */
  readonly #waiting = new Set<(environment: ExecutionEnvironment | undefined) => void>();
  readonly #logListeners = new Set<(line: LogLine) => void>();
  #isClosed = false;

  constructor(definition: FunctionDefinition, { handover = 50, onPhase, ...options }: EnvironmentPoolOptions) {
    this.definition = definition;
    this.#handover = handover;
    this.#onPhase = onPhase;
    this.#throttle = new Throttle(definition);
    this.#settings = environmentSettings(definition, {
      ...options,
      onLog: (line) => {
        options.onLog(line);
        for (const listener of this.#logListeners) listener(line);
      },
    });
  }

  get region(): string {
    return this.#settings.region;
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
    // The one that has stood still for the shortest time.
    const frozen = [...this.#environments].findLast(({ phase }) => phase === 'frozen');
    if (frozen) return frozen.run(invocation);
    return (await this.#waitFor(invocation)) ?? this.#start().run(invocation);
  }

  /** The code has changed: every environment is replaced, one that is busy once its invocation is over. */
  replaceEnvironments(): void {
    for (const environment of [...this.#environments]) environment.retire();
  }

  /** Ends every environment, whatever it is doing; no process remains. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const giveUp of [...this.#waiting]) giveUp(undefined);
    await Promise.all([...this.#environments, ...this.#retired].map((environment) => environment.close()));
  }

  /** Waits for an environment that is about to be frozen; resolves to undefined where there is none, or it takes too long. */
  async #waitFor(invocation: Invocation): Promise<InvocationResponse | undefined> {
    const patience = this.#patience();
    if (patience === undefined) return undefined;
    return new Promise((resolve) => {
      const take = (environment: ExecutionEnvironment | undefined): void => {
        this.#waiting.delete(take);
        clearTimeout(timer);
        resolve(environment?.run(invocation));
      };
      const timer = patience === Infinity ? undefined : setTimeout(take, patience, undefined);
      this.#waiting.add(take);
    });
  }

  /** Milliseconds that are worth waiting for an environment to be frozen; undefined if another is to be started. */
  #patience(): number | undefined {
    if (this.#settings.debugPort !== undefined) return this.#environments.size > 0 ? Infinity : undefined;
    const patience = [...this.#environments]
      .filter(({ phase }) => phase === 'answered')
      .map(({ phaseSince }) => phaseSince + this.#handover - performance.now())
      .filter((milliseconds) => milliseconds > 0);
    return patience.length > this.#waiting.size ? Math.max(...patience) : undefined;
  }

  #start(): ExecutionEnvironment {
    if (this.#isClosed) {
      throw new Error(`Expected the local Lambda to be running, but ${this.definition.name} has been closed`);
    }
    this.#throttle.admitEnvironment(this.#environments.size);
    const environment = new ExecutionEnvironment(this.#settings, {
      initQueue: this.#initQueue,
      onPhase: (changed, requestId) => {
        this.#follow(changed, requestId);
      },
    });
    this.#environments.add(environment);
    return environment;
  }

  #follow(environment: ExecutionEnvironment, requestId: string | undefined): void {
    const { id: environmentId, phase } = environment;
    const { name: functionName } = this.definition;
    this.#onPhase?.({ functionName, environmentId, phase, ...(requestId !== undefined && { requestId }) });
    const [waiting] = this.#waiting;
    if (phase === 'frozen') {
      this.#environments.delete(environment);
      this.#environments.add(environment);
      waiting?.(environment);
    } else if (phase === 'retired') {
      this.#environments.delete(environment);
      this.#retired.add(environment);
      // Who waited for this one need not wait any longer.
      waiting?.(undefined);
    } else if (phase === 'ended') {
      this.#retired.delete(environment);
    }
  }
}
