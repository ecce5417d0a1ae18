import { now } from '../clock';
import { InvocationEndedError } from '../errors';

/** Work that goes on after the response: a promise, or a function that starts once the response has gone. */
export type BackgroundTask = PromiseLike<unknown> | ((signal: AbortSignal) => unknown);

export type Outcome = 'completed' | 'failed' | 'cut off';

export interface TaskReport {
  readonly name: string;
  readonly outcome: Outcome;
  /** From the registration of a promise, or the start of a function, until it settled or was cut off. */
  readonly milliseconds: number;
}

interface Task {
  readonly name: string;
  startedAt: number | undefined;
  report: TaskReport | undefined;
}

/** The tasks of one invocation: registered at any time while it lasts, each isolated, each with one outcome. */
export class BackgroundTasks {
  readonly #signal: AbortSignal;
  readonly #onFailure: (error: unknown, name: string) => void;
  readonly #tasks: Task[] = [];
  readonly #pending = new Set<Promise<void>>();
  #waiting: (() => void)[] = [];
  #started = false;
  #ended = false;

  constructor(signal: AbortSignal, onFailure: (error: unknown, name: string) => void) {
    this.#signal = signal;
    this.#onFailure = onFailure;
  }

  /** Registers a task. A function waits for `start`; whatever it throws later is reported, never thrown here. */
  register(work: BackgroundTask, name = `task ${this.#tasks.length + 1}`): void {
    if (this.#ended) {
      throw new InvocationEndedError(
        `Expected waitUntil to be called during its invocation, task "${name}" came after`,
      );
    }
    const task: Task = { name, startedAt: undefined, report: undefined };
    if (typeof work !== 'function') {
      assertPromise(work);
      this.#tasks.push(task);
      this.#track(task, () => work);
      return;
    }
    this.#tasks.push(task);
    const run = () => {
      this.#track(task, () => work(this.#signal));
    };
    if (this.#started) run();
    else this.#waiting.push(run);
  }

  /** The response has gone: starts the functions registered so far, and from now on each as it is registered. */
  start(): void {
    this.#started = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run();
  }

  /** Resolves when every started task has settled, those included that tasks have registered meanwhile. */
  async drain(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Ends the registration, cuts off what has not settled, and tells how each task ended, in order of registration. */
  end(): TaskReport[] {
    this.#ended = true;
    this.#waiting = [];
    return this.#tasks.map((task) => (task.report ??= reportOf(task, 'cut off')));
  }

  #track(task: Task, work: () => unknown): void {
    task.startedAt = now();
    const running = this.#run(task, work).finally(() => this.#pending.delete(running));
    this.#pending.add(running);
  }

  async #run(task: Task, work: () => unknown): Promise<void> {
    try {
      await work();
      task.report ??= reportOf(task, 'completed');
    } catch (error) {
      task.report ??= reportOf(task, 'failed');
      // Also when it had been cut off before: late, but seen.
      this.#onFailure(error, task.name);
    }
  }
}

function assertPromise(work: unknown): void {
  if (typeof work !== 'object' || work === null || !('then' in work) || typeof work.then !== 'function') {
    const received = work === null ? 'null' : typeof work;
    throw new TypeError(`waitUntil expects a promise or a function, received ${received}`);
  }
}

function reportOf({ name, startedAt }: Task, outcome: Outcome): TaskReport {
  const milliseconds = startedAt === undefined ? 0 : Math.round(now() - startedAt);
  return { name, outcome, milliseconds };
}
