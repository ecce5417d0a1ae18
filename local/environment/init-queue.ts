import { availableParallelism } from 'node:os';
import { Deferred } from './deferred';

/**
 * Lets as many environments be in init at once as this machine can do well. On Lambda each has processors of its own;
 * here a hundred at once would be so slow that none of them is done within the time that Lambda gives an init.
 */
export class InitQueue {
  readonly #waiting: Deferred[] = [];
  #free: number;

  constructor(places = Math.max(8, 2 * availableParallelism())) {
    this.#free = places;
  }

  /** Resolves when it is the caller's turn, who gives it back by `leave`. */
  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    const turn = new Deferred();
    this.#waiting.push(turn);
    await turn.promise;
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next.resolve();
    else this.#free++;
  }
}
