import { Deferred } from './deferred';
import type { ExecutionEnvironment } from './execution-environment';

/** Those who wait for an environment that is about to become idle, first come first served. */
export class Handover {
  readonly #waiting: Deferred<ExecutionEnvironment | undefined>[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves to undefined when it has taken too long, or when there is nothing to wait for any more. */
  async wait(milliseconds: number): Promise<ExecutionEnvironment | undefined> {
    const turn = new Deferred<ExecutionEnvironment | undefined>();
    this.#waiting.push(turn);
    const giveUp = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(turn), 1);
      turn.resolve(undefined);
    };
    const timer = milliseconds === Infinity ? undefined : setTimeout(giveUp, milliseconds);
    const environment = await turn.promise;
    clearTimeout(timer);
    return environment;
  }

  /** Returns false when nobody waits. */
  give(environment: ExecutionEnvironment | undefined): boolean {
    const turn = this.#waiting.shift();
    turn?.resolve(environment);
    return turn !== undefined;
  }

  giveUp(): void {
    while (this.give(undefined));
  }
}
