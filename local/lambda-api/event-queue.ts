import { setTimeout as wait } from 'node:timers/promises';
import { TooManyRequestsError, type EnvironmentPool, type Invocation } from '../environment/pool';
import { readPayload } from '../environment/response-payload';

export interface EventQueueOptions {
  /** Milliseconds before the first retry of an event whose invocation failed, and before the second. */
  readonly retryDelays?: readonly number[] | undefined;
  /** Milliseconds before an event is tried again that was throttled, doubled each time up to five minutes. */
  readonly throttleDelay?: number | undefined;
}

const MAX_THROTTLE_DELAY_MS = 300_000;

/**
 * Invokes functions for callers that do not wait.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class EventQueue {
  readonly #retryDelays: readonly number[];
  readonly #throttleDelay: number;
  readonly #closing = new AbortController();

  constructor({ retryDelays = [60_000, 120_000], throttleDelay = 1_000 }: EventQueueOptions) {
    this.#retryDelays = retryDelays;
    this.#throttleDelay = throttleDelay;
  }

  /** Resolves when the event has been worked off, well or not; rejects when the queue, or the pool, has been closed. */
  async deliver(pool: EnvironmentPool, invocation: Invocation): Promise<void> {
    const retries = this.#retryDelays.slice(0, pool.definition.eventRetries ?? this.#retryDelays.length);
    for (const delay of [...retries, undefined]) {
      const succeeded = await this.#attempt(pool, invocation);
      if (succeeded || delay === undefined) return;
      await this.#wait(delay);
    }
  }

  /** Events that wait for a retry are dropped. */
  close(): void {
    this.#closing.abort();
  }

  /** An event is not refused for want of concurrency: it waits, which counts as no attempt. */
  async #attempt(pool: EnvironmentPool, invocation: Invocation): Promise<boolean> {
    for (let delay = this.#throttleDelay; ; delay = Math.min(2 * delay, MAX_THROTTLE_DELAY_MS)) {
      try {
        return !('error' in (await readPayload(await pool.invoke(invocation))));
      } catch (error) {
        if (!(error instanceof TooManyRequestsError)) throw error;
      }
      await this.#wait(delay);
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    await wait(milliseconds, undefined, { ref: false, signal: this.#closing.signal });
  }
}
