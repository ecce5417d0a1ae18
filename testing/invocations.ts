import type { EndedInvocation as LambdaEnd } from '../local/environment/pool';
import type { LogLine } from '../local/log/platform-log';
import { type EndedInvocation, reportIn } from './ended-invocation';

interface Watched {
  readonly log: string[];
  ended: EndedInvocation | undefined;
  readonly waiting: Set<Waiting>;
}

interface Waiting {
  readonly resolve: (ended: EndedInvocation) => void;
  readonly reject: (error: Error) => void;
}

/** Collects the log lines and the ends of invocations, for whoever waits for the end of one. */
export class Invocations {
  readonly #invocations = new Map<string, Watched>();
  #isClosed = false;

  takeLine({ requestId, text }: LogLine): void {
    if (requestId !== undefined) this.#watched(requestId).log.push(text);
  }

  takeEnd({ requestId, status, duration }: LambdaEnd): void {
    const watched = this.#watched(requestId);
    const { log } = watched;
    watched.ended = { requestId, status, durationMs: duration, report: reportIn(log, requestId), log };
    for (const { resolve } of watched.waiting) resolve(watched.ended);
  }

  /** Whether the function has been called for this request. */
  hasBegun(requestId: string): boolean {
    return this.#invocations.has(requestId);
  }

  /** Resolves when the invocation has ended. Rejects when that takes longer than `seconds`, or the Lambda is closed. */
  async ended(requestId: string, seconds: number): Promise<EndedInvocation> {
    const watched = this.#watched(requestId);
    if (watched.ended) return watched.ended;
    const expected = `Expected the invocation ${requestId} to end`;
    if (this.#isClosed) throw new Error(`${expected}, but the local Lambda has been closed`);
    let timer: NodeJS.Timeout | undefined;
    let waiting: Waiting | undefined;
    try {
      return await new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        watched.waiting.add(waiting);
        timer = setTimeout(() => {
          const log =
            watched.log.length === 0 ? 'It has logged nothing.' : `Its log so far:\n${watched.log.join('\n')}`;
          reject(new Error(`${expected} within ${seconds} s: there is no REPORT yet. ${log}`));
        }, seconds * 1_000);
      });
    } finally {
      clearTimeout(timer);
      if (waiting) watched.waiting.delete(waiting);
    }
  }

  /** Rejects for whoever still waits: the Lambda is closed, and no end will come. */
  close(): void {
    this.#isClosed = true;
    for (const [requestId, { waiting }] of this.#invocations) {
      const error = new Error(`Expected the invocation ${requestId} to end, but the local Lambda was closed before`);
      for (const { reject } of waiting) reject(error);
    }
  }

  #watched(requestId: string): Watched {
    const known = this.#invocations.get(requestId);
    if (known) return known;
    const watched: Watched = { log: [], ended: undefined, waiting: new Set() };
    this.#invocations.set(requestId, watched);
    return watched;
  }
}
