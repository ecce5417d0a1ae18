import { availableParallelism } from 'node:os';
import { Deferred } from './deferred';

/**
 * Lets as many environments be in init at once as this machine can do well. On Lambda each has processors of its own;
 * here a hundred at once would be so slow that none of them is done within the time that Lambda gives an init.
 */
export class InitQueue {
  readonly #waiting: Deferred[] = [];
  #free = Math.max(8, 2 * availableParallelism());

  /** Runs an init when it is its turn. */
  async run<Result>(init: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      return await init();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    const turn = new Deferred();
    this.#waiting.push(turn);
    await turn.promise;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next.resolve();
    else this.#free++;
  }
}
