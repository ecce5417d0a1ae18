/** Allows so many requests in any one second. */
export class RequestRate {
  readonly #limit: number;
  /** When those of the last second came, by performance.now(). */
  readonly #admitted: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  admit(now = performance.now()): boolean {
    if (this.#limit === Infinity) return true;
    while (this.#admitted[0] !== undefined && this.#admitted[0] <= now - 1_000) this.#admitted.shift();
    if (this.#admitted.length >= this.#limit) return false;
    this.#admitted.push(now);
    return true;
  }
}
