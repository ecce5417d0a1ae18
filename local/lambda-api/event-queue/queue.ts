import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { TooManyRequestsError, type EnvironmentPool, type Invocation } from '../../environment/pool';
import { nextTrace } from '../loop-detection';
import { destinationRecord, type DestinationRecord, type Outcome } from './destination-record';
import { givenUp, triedAgain } from './event-notices';
import { QueuedEvent, type QueuedEventState, type InvocationResult } from './queued-event';

export interface EventQueueOptions {
  /**
   * Milliseconds before the first retry of an event whose invocation failed; before the second it is twice as long. A
   * minute by default, as on AWS.
   */
  readonly retryDelay?: number | undefined;
  /** Milliseconds before an event is tried again that was throttled, doubled each time up to five minutes. */
  readonly throttleDelay?: number | undefined;
}

/** Sends the record of an event to a destination, an ARN. */
export type SendRecord = (
  record: DestinationRecord,
  to: { readonly destination: string; readonly traceId: string },
) => Promise<void>;

export interface EventQueueOutlets {
  readonly send: SendRecord;
  /** Hears of each attempt that has failed and is to be followed by another, and of each event that is given up. */
  readonly onNotice: (message: string) => void;
}

const MAX_THROTTLE_DELAY_MS = 300_000;

/**
 * Lambda's own queue of events for functions whose callers do not wait.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class EventQueue {
  readonly #retryDelay: number;
  readonly #throttleDelay: number;
  readonly #outlets: EventQueueOutlets;
  readonly #events = new Set<QueuedEvent>();
  readonly #closing = new AbortController();

  constructor({ retryDelay = 60_000, throttleDelay = 1_000 }: EventQueueOptions, outlets: EventQueueOutlets) {
    this.#retryDelay = retryDelay;
    this.#throttleDelay = throttleDelay;
    this.#outlets = outlets;
  }

  /** Those that have not been processed, the oldest first. */
  get events(): QueuedEventState[] {
    return [...this.#events].map(({ state }) => state);
  }

  /**
   * Resolves when the event has been processed, well or not, and its record has been sent where one is wanted; rejects
   * when the queue is closed before that.
   */
  async accept(pool: EnvironmentPool, invocation: Invocation): Promise<void> {
    const { traceId, isLoop } = nextTrace(invocation.traceId, pool.definition);
    const event = new QueuedEvent(pool, { requestId: randomUUID(), ...invocation, traceId });
    this.#events.add(event);
    try {
      const outcome = isLoop ? ({ condition: 'RecursiveInvocation' } as const) : await this.#process(event);
      // An attempt that failed because everything ends is no reason to give the event up.
      this.#closing.signal.throwIfAborted();
      const hasSucceeded = outcome.condition === 'Success';
      const destination = hasSucceeded ? event.onSuccess : event.onFailure;
      if (!hasSucceeded) this.#outlets.onNotice(givenUp(event, outcome));
      if (destination !== undefined) {
        await this.#outlets.send(destinationRecord(event, outcome), { destination, traceId });
      }
    } finally {
      this.#events.delete(event);
    }
  }

  /** Drops the events that have not been processed, and returns how many those were. */
  close(): number {
    this.#closing.abort();
    const dropped = this.#events.size;
    this.#events.clear();
    return dropped;
  }

  /** Tries until an attempt succeeds, none is left, or the next would come too late. */
  async #process(event: QueuedEvent): Promise<Outcome> {
    if (event.pool.definition.reservedConcurrency === 0) return { condition: 'ZeroReservedConcurrency' };
    for (let before: InvocationResult | undefined; ;) {
      const result = await this.#attempt(event);
      if (!result) return { condition: 'EventAgeExceeded', result: before };
      if (!('error' in result)) return { condition: 'Success', result };
      if (event.attemptsLeft === 0) return { condition: 'RetriesExhausted', result };
      const delay = this.#retryDelay * event.attempts;
      if (event.isTooOldIn(delay)) return { condition: 'EventAgeExceeded', result };
      this.#closing.signal.throwIfAborted();
      before = result;
      const waiting = this.#wait(event, delay);
      this.#outlets.onNotice(triedAgain(event, delay));
      await waiting;
    }
  }

  /** An event is not refused for want of concurrency: it waits. Resolves to undefined when it has become too old so. */
  async #attempt(event: QueuedEvent): Promise<InvocationResult | undefined> {
    for (let delay = this.#throttleDelay; ; delay = Math.min(2 * delay, MAX_THROTTLE_DELAY_MS)) {
      try {
        return await event.attempt();
      } catch (error) {
        if (!(error instanceof TooManyRequestsError)) throw error;
      }
      if (event.isTooOldIn(delay)) return undefined;
      await this.#wait(event, delay);
    }
  }

  async #wait(event: QueuedEvent, milliseconds: number): Promise<void> {
    event.waitsFor(milliseconds);
    await wait(milliseconds, undefined, { ref: false, signal: this.#closing.signal });
  }
}
