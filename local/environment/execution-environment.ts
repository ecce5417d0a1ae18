import { randomBytes, randomUUID } from 'node:crypto';
import { Deferred } from './deferred';
import { EnvironmentLog } from './environment-log';
import type { InitQueue } from './init-queue';
import { deliveredInvocation, type Invocation } from './invocation';
import { errorOf } from './invocation-error';
import type { Phase } from './phase';
import { PendingResponse, type InvocationResponse } from './response';
import { RuntimeProcess } from './runtime-process';
import { durationOf, statusOf } from './runtime-state';
import type { EnvironmentSettings } from './settings';

export interface ExecutionEnvironmentOptions {
  readonly initQueue: InitQueue;
  /** Called when a phase begins, before anything else happens; with the id of the invocation that it runs. */
  readonly onPhase: (environment: ExecutionEnvironment, requestId?: string) => void;
}

interface Run {
  readonly invocation: Invocation;
  readonly response: PendingResponse;
}

/** Runs invocations, one at a time, and stands still between them: INIT_START once, then START to REPORT for each. */
export class ExecutionEnvironment {
  readonly id = randomBytes(16).toString('hex');
  readonly #settings: EnvironmentSettings;
  readonly #options: ExecutionEnvironmentOptions;
  readonly #log: EnvironmentLog;
  readonly #closing = new AbortController();
  readonly #life: Promise<void>;
  #phase: Phase | undefined;
  #phaseSince = performance.now();
  #isRetiring = false;
  /** What is to be run next; undefined once there is nothing more to come. */
  #next = new Deferred<Run | undefined>();

  constructor(settings: EnvironmentSettings, options: ExecutionEnvironmentOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#log = new EnvironmentLog(settings, this.id);
    this.#life = this.#live();
  }

  get phase(): Phase {
    return this.#phase ?? 'starting';
  }

  /** When the phase began, by performance.now(). */
  get phaseSince(): number {
    return this.#phaseSince;
  }

  /** Waits for init, then runs one invocation. The environment must be new or frozen. */
  run(invocation: Invocation): Promise<InvocationResponse> {
    const requestId = invocation.requestId ?? randomUUID();
    const response = new PendingResponse(requestId, () => {
      this.#enter('answered', requestId);
    });
    if (this.#phase === 'frozen') this.#enter('busy', requestId);
    this.#next.resolve({ invocation, response });
    return response.begun;
  }

  /** Lets it end as soon as it has nothing to run, which is at once where it is frozen. */
  retire(): void {
    this.#isRetiring = true;
    if (this.#phase === 'frozen') this.#enter('retired');
    this.#next.resolve(undefined);
  }

  /** Ends it at once, whatever it is doing; resolves when nothing is left of it. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.retire();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { initSeconds, definition } = this.#settings;

    // 1. Init, as soon as it is this environment's turn.
    this.#enter('starting');
    let { runtime, initDuration } = await this.#options.initQueue.run(() => this.#init('init', initSeconds));

    // 2. Invocations, one after the other. Between two of them everything stands still.
    for (let run = await this.#next.promise; run; run = await this.#nextRun(runtime)) {
      const { requestId } = run.response;
      // Closed before it could begin: nobody hears of it but its caller.
      if (this.#closing.signal.aborted) {
        run.response.fail(errorOf(await runtime.ended, definition, requestId));
        run.response.end();
        break;
      }
      this.#log.start(requestId);
      this.#enter('busy', requestId);
      const startedAt = performance.now();
      const delivered = deliveredInvocation(run.invocation, { requestId, ...this.#settings });

      // 3. As on Lambda an init that has failed is run once more, in the time that the invocation has.
      if (runtime.isInitialized) runtime.thaw(definition.timeout);
      else ({ runtime } = await this.#init('invoke', definition.timeout));

      // 4. The runtime answers, and then asks for the next invocation, unless its process ends before that.
      runtime.deliver(delivered, run.response);
      const turn = await runtime.turn;

      // 5. Everything stands still from here on. Where the process has ended, a caller who still waits hears why.
      if (turn.end) {
        this.#log.failure(requestId, turn.end);
        run.response.fail(errorOf(turn.end, definition, requestId));
      } else {
        runtime.freeze();
      }
      const duration = durationOf(turn, { startedAt, limit: definition.timeout });
      const report = { requestId, duration, initDuration, maxMemoryUsed: runtime.maxMemoryUsed };
      this.#log.end(report, turn.end);
      if (turn.end?.killedBy !== 'close') {
        const status = statusOf(turn, run.response.hasFailed);
        const errorType = turn.end && errorOf(turn.end, definition, requestId).errorType;
        this.#settings.onEnd?.({ functionName: definition.name, environmentId: this.id, status, errorType, ...report });
      }
      run.response.end();
      initDuration = undefined;
    }

    // 6. The end: its process has ended, or nobody needs it any more.
    this.#enter('retired');
    runtime.kill('close');
    await runtime.ended;
    this.#enter('ended');
  }

  /** Starts a process, and waits until its runtime asks for an invocation. There is no duration where it fails to. */
  async #init(
    phase: 'init' | 'invoke',
    seconds: number,
  ): Promise<{ runtime: RuntimeProcess; initDuration: number | undefined }> {
    const { signal } = this.#closing;
    if (phase === 'init' && !signal.aborted) {
      this.#enter('init');
      this.#log.initStart();
    }
    const startedAt = performance.now();
    const runtime = new RuntimeProcess(this.#settings, seconds, {
      environmentId: this.id,
      signal,
      listener: this.#log,
      onEnded: () => {
        if (this.#phase === 'frozen') this.retire();
      },
    });
    const turn = await runtime.turn;
    const duration = durationOf(turn, { startedAt, limit: seconds });
    this.#log.initReport({ phase, duration }, turn.end);
    return { runtime, initDuration: turn.end ? undefined : duration };
  }

  /** Stands still until there is something to run, in a debugger however long; undefined once nothing more will come. */
  async #nextRun(runtime: RuntimeProcess): Promise<Run | undefined> {
    if (this.#isRetiring || runtime.isOver) return undefined;
    this.#next = new Deferred();
    const { debugPort, idleSeconds } = this.#settings;
    const retire = () => {
      this.retire();
    };
    const unused = debugPort === undefined ? setTimeout(retire, idleSeconds * 1_000).unref() : undefined;
    this.#enter('frozen');
    const run = await this.#next.promise;
    clearTimeout(unused);
    return run;
  }

  #enter(phase: Phase, requestId?: string): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#phaseSince = performance.now();
    this.#options.onPhase(this, requestId);
  }
}
