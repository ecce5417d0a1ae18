import { Deferred } from './deferred';
import type { DeliveredInvocation, EndedInvocation } from './invocation';
import type { InvocationErrorPayload, ProcessEnd } from './invocation-error';
import type { PendingResponse } from './response';
import type { RuntimeApiHost } from './runtime-api';

/** The runtime is done with what it was at, be it init or an invocation: it asks for the next one, or has ended. */
export interface Turn {
  /** By performance.now(). */
  readonly at: number;
  readonly end?: ProcessEnd;
}

/** Milliseconds; `limit`, in seconds, is when the process was to be killed, however long that took. */
export function durationOf({ at, end }: Turn, { startedAt, limit }: { startedAt: number; limit: number }): number {
  return end?.killedBy === 'timeout' ? Math.min(at - startedAt, limit * 1_000) : at - startedAt;
}

/** How an invocation has ended. @param hasFailed whether its response is an error */
export function statusOf({ end }: Turn, hasFailed: boolean): EndedInvocation['status'] {
  if (end?.killedBy === 'timeout') return 'timeout';
  return end || hasFailed ? 'error' : 'success';
}

/** What a runtime is at, as its Runtime API sees it: init, an invocation, or waiting for one. */
export class RuntimeState implements RuntimeApiHost {
  readonly #logRead: (mark: number) => Promise<void>;
  #turn = new Deferred<Turn>();
  #end: Turn | undefined;
  #delivery = new Deferred<DeliveredInvocation>();
  #response: PendingResponse | undefined;
  #isInitialized = false;
  #isStopped = false;
  #initError: InvocationErrorPayload | undefined;

  /** @param logRead resolves once all that the process wrote before this mark has been passed on */
  constructor(logRead: (mark: number) => Promise<void>) {
    this.#logRead = logRead;
  }

  /** Resolves when the runtime is done with what it is at; at once when its process has ended already. */
  get turn(): Promise<Turn> {
    return this.#end ? Promise.resolve(this.#end) : this.#turn.promise;
  }

  /** True once the runtime has asked for its first invocation. */
  get isInitialized(): boolean {
    return this.#isInitialized;
  }

  /** Why init fails, where the runtime has said so. */
  get initError(): InvocationErrorPayload | undefined {
    return this.#initError;
  }

  /** There is one invocation at a time that the runtime may answer. */
  responseTo(requestId: string): PendingResponse | undefined {
    return this.#response?.requestId === requestId ? this.#response : undefined;
  }

  /** Answers the `next` of the runtime. The turn is then the one after this invocation. */
  deliver(invocation: DeliveredInvocation, response: PendingResponse): void {
    this.#response = response;
    this.#turn = new Deferred();
    this.#delivery.resolve(invocation);
    this.#delivery = new Deferred();
  }

  /** Its process is being killed: whatever it still asks for, it gets no more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Its process has ended. */
  end(end: ProcessEnd): void {
    this.#end = { at: performance.now(), end };
    this.#turn.resolve(this.#end);
  }

  async next(logMark: number | undefined): Promise<DeliveredInvocation> {
    // The response may come on another connection than `next`, and a little later.
    await this.#response?.answered;
    const at = performance.now();
    if (logMark !== undefined) await this.#logRead(logMark);
    if (this.#isStopped) return new Promise(() => undefined);
    this.#response = undefined;
    this.#isInitialized = true;
    this.#turn.resolve({ at });
    return this.#delivery.promise;
  }

  initFailed(error: InvocationErrorPayload): void {
    this.#initError = error;
  }
}
