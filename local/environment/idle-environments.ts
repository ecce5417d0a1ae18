import type { ExecutionEnvironment } from './execution-environment';

/** The environments that wait for an invocation. The one that has waited for the shortest time is used first. */
export class IdleEnvironments {
  readonly #timers = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  readonly #milliseconds: number;
  readonly #onUnused: (environment: ExecutionEnvironment) => void;

  /** @param onUnused called for an environment that nobody has taken for so many seconds; it is then no longer here */
  constructor(seconds: number, onUnused: (environment: ExecutionEnvironment) => void) {
    this.#milliseconds = seconds * 1_000;
    this.#onUnused = onUnused;
  }

  add(environment: ExecutionEnvironment): void {
    const timer = setTimeout(() => {
      this.#timers.delete(environment);
      this.#onUnused(environment);
    }, this.#milliseconds);
    this.#timers.set(environment, timer.unref());
  }

  take(): ExecutionEnvironment | undefined {
    const last = [...this.#timers.keys()].at(-1);
    if (last) this.remove(last);
    return last;
  }

  takeAll(): ExecutionEnvironment[] {
    const all = [...this.#timers.keys()];
    for (const environment of all) this.remove(environment);
    return all;
  }

  remove(environment: ExecutionEnvironment): void {
    clearTimeout(this.#timers.get(environment));
    this.#timers.delete(environment);
  }
}
