import type { FunctionDefinition } from '../template/definition';

/** The function has as many invocations, or requests a second, as its reserved concurrency allows. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError';
}

/**
 * What a function's reserved concurrency allows; without one there is no limit here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html#concurrency-vs-requests-per-second
 */
export class Throttle {
  readonly #name: string;
  readonly #concurrency: number;
  readonly #rate: RequestRate;

  constructor({ name, reservedConcurrency = Infinity }: FunctionDefinition) {
    this.#name = name;
    this.#concurrency = reservedConcurrency;
    this.#rate = new RequestRate(10 * reservedConcurrency);
  }

  admitRequest(): void {
    if (this.#rate.admit()) return;
    const limit = `${10 * this.#concurrency} requests a second for ${this.#name}, ten times its reserved concurrency`;
    throw new TooManyRequestsError(`Expected at most ${limit}`);
  }

  /** @param environments how many there are already */
  admitEnvironment(environments: number): void {
    if (environments < this.#concurrency) return;
    const limit = `${this.#concurrency} invocations of ${this.#name} at once, its reserved concurrency`;
    throw new TooManyRequestsError(`Expected at most ${limit}`);
  }
}

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
