import { AsyncLocalStorage } from 'node:async_hooks';
import { clipText } from '../clip-text';
import { now } from '../clock';
import { InvocationEndedError } from '../errors';
import {
  type HandOver,
  newTask,
  type Outcome,
  queue,
  queueStateOf,
  type Task,
  taskChanges,
  type TaskReport,
} from './task';
import { assertNoQueuedTask, assertPromise } from './work';

/** Work that goes on after the response: a promise, or a function that starts once the response has gone. */
export type BackgroundTask = PromiseLike<unknown> | ((signal: AbortSignal) => unknown);

export type { HandOver, Outcome, TaskReport } from './task';

export type TaskFailureListener = (error: unknown, name: string, work: BackgroundTask) => void;

/** The tasks of one invocation: registered at any time while it lasts, each isolated, each with one outcome. */
export class BackgroundTasks {
  readonly #signal: AbortSignal;
  readonly #onFailure: TaskFailureListener;
  /** The start of the invocation: `startMs` of each task counts from it. */
  readonly #createdAt: number;
  readonly #tasks: Task[] = [];
  readonly #held = new Set<Task>();
  readonly #pending = new Set<Promise<void>>();
  #waiting: (() => void)[] = [];
  #started = false;
  #ended = false;

  constructor(signal: AbortSignal, onFailure: TaskFailureListener, createdAt = now()) {
    this.#createdAt = createdAt;
    this.#signal = signal;
    this.#onFailure = onFailure;
  }

  /**
   * Registers a task. A function waits for `start`, and runs in the async context of this call; whatever it throws later is
   * reported, never thrown here. A name that is no string is ignored: in JavaScript `promises.forEach(waitUntil)` passes
   * an index.
   */
  register(work: BackgroundTask, name?: unknown, handOver?: HandOver): void {
    const task = newTask(this.#nameOf(name), handOver);
    this.#assertNotEnded('waitUntil', task.name);
    if (typeof work !== 'function') {
      assertPromise(work);
      this.#tasks.push(task);
      this.#track(task, work, () => work);
      return;
    }
    this.#tasks.push(task);
    const run = () => {
      this.#track(task, work, () => work(this.#signal));
    };
    if (this.#started) run();
    else this.#waiting.push(AsyncLocalStorage.bind(run));
  }

  /**
   * Does what is no task, and has the invocation wait for it: who began it hears of its failure. It is in the report only where
   * it is still under way then, as cut off.
   */
  async hold(work: () => Promise<void>, name: string): Promise<void> {
    this.#assertNotEnded('enqueue', name);
    const task = newTask(this.#nameOf(name));
    task.startedAt = now();
    this.#held.add(task);
    const working = work();
    const ignore = () => undefined;
    const held = working.then(ignore, ignore).finally(() => {
      this.#held.delete(task);
      this.#pending.delete(held);
    });
    this.#pending.add(held);
    await working;
  }

  #assertNotEnded(method: string, name: string): void {
    if (!this.#ended) return;
    throw new InvocationEndedError(`Expected ${method} to be called during its invocation, task "${name}" came after`);
  }

  #nameOf(name: unknown): string {
    return typeof name === 'string' ? clipText(name, 200) : `task ${this.#tasks.length + 1}`;
  }

  /** The response has gone: starts the functions registered so far, and from now on each as it is registered. */
  start(): void {
    this.#started = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run();
  }

  /** Whether a started task has not settled yet. */
  get busy(): boolean {
    return this.#pending.size > 0;
  }

  /** Resolves when every started task has settled, those included that tasks have registered meanwhile. */
  async drain(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /**
   * Ends the registration, cuts off what has not settled, and tells how each task ended, in order of registration; then what
   * is held.
   */
  end(): TaskReport[] {
    this.#ended = true;
    this.#waiting = [];
    const tasks = this.#tasks.map((task) => ({ ...this.#settle(task, 'cut off'), ...queueStateOf(task) }));
    return [...tasks, ...Array.from(this.#held, (task) => this.#reportOf(task, 'cut off'))];
  }

  /** Ends the registration, cuts off what has not settled, and hands over to the queue what can be. May be called again. */
  async endAndQueue(): Promise<void> {
    this.end();
    const lost = this.#tasks.filter(
      ({ handOver, report }) => handOver !== undefined && report?.outcome !== 'completed',
    );
    await Promise.all(lost.map(queue));
  }

  /** `task` does not keep `work`: what a promise has resolved to can be freed before the invocation ends. */
  #track(task: Task, work: BackgroundTask, start: () => unknown): void {
    task.startedAt = now();
    taskChanges.publish(task);
    const running = this.#run(task, work, start).finally(() => this.#pending.delete(running));
    this.#pending.add(running);
  }

  async #run(task: Task, work: BackgroundTask, start: () => unknown): Promise<void> {
    try {
      assertNoQueuedTask(await start(), task.name);
      this.#settle(task, 'completed');
    } catch (error) {
      this.#settle(task, 'failed');
      // Also when it had been cut off before: late, but seen.
      this.#onFailure(error, task.name, work);
      await queue(task);
    }
  }

  /** Its first outcome stands. */
  #settle(task: Task, outcome: Outcome): TaskReport {
    if (task.report === undefined) {
      task.report = this.#reportOf(task, outcome);
      taskChanges.publish(task);
    }
    return task.report;
  }

  #reportOf({ name, startedAt }: Task, outcome: Outcome): TaskReport {
    if (startedAt === undefined) return { name, outcome, milliseconds: 0 };
    const startMs = Math.round(startedAt - this.#createdAt);
    return { name, outcome, startMs, milliseconds: Math.round(now() - startedAt) };
  }
}
