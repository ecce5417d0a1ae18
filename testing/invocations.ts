import type { EndedInvocation as LambdaEnd } from '../local/environment/pool';
import type { LogLine } from '../local/log/platform-log';
import { type EndedInvocation, reportIn } from './ended-invocation';

interface Watched {
  /** Of the attempt that goes on: each attempt of an event has the request id of the first. */
  log: string[];
  ended: EndedInvocation | undefined;
}

interface Waiting {
  /** Whether this is the end that is waited for. */
  readonly takes: (ended: EndedInvocation) => boolean;
  /** How the message of an error begins. */
  readonly expected: string;
  readonly resolve: (ended: EndedInvocation) => void;
  readonly reject: (error: unknown) => void;
}

/** Collects the log lines and the ends of invocations, for whoever waits for the end of one. */
export class Invocations {
  readonly #invocations = new Map<string, Watched>();
  /** What `next` has not resolved to yet, in the order of their ends. */
  readonly #untaken = new Set<EndedInvocation>();
  readonly #waiting = new Set<Waiting>();
  #isClosed = false;

  takeLine({ requestId, text }: LogLine): void {
    if (requestId !== undefined) this.#watched(requestId).log.push(text);
  }

  takeEnd({ requestId, status, duration }: LambdaEnd): void {
    const watched = this.#watched(requestId);
    const { log } = watched;
    const ended = { requestId, status, durationMs: duration, report: reportIn(log, requestId), log };
    watched.ended = ended;
    watched.log = [];
    this.#untaken.add(ended);
    for (const waiting of this.#waiting) this.#offer(ended, waiting);
  }

  /** Whether the function has been called for this request. */
  hasBegun(requestId: string): boolean {
    return this.#invocations.has(requestId);
  }

  /** Resolves when the invocation has ended. Rejects when that takes longer than `seconds`, or the Lambda is closed. */
  async ended(requestId: string, seconds: number): Promise<EndedInvocation> {
    const watched = this.#watched(requestId);
    if (watched.ended) return watched.ended;
    const lines = () =>
      watched.log.length === 0 ? 'It has logged nothing.' : `Its log so far:\n${watched.log.join('\n')}`;
    return await this.#end({
      takes: (ended) => ended.requestId === requestId,
      expected: `Expected the invocation ${requestId} to end`,
      seconds,
      instead: () => `there is no REPORT yet. ${lines()}`,
    });
  }

  /**
   * Resolves to the first invocation that has ended, or will, and of which `which` holds, and that no call before has
   * resolved to. Rejects when that takes longer than `seconds`, the Lambda is closed, or `which` throws.
   */
  async next(which: (ended: EndedInvocation) => boolean, seconds: number): Promise<EndedInvocation> {
    const takes = (ended: EndedInvocation) => this.#untaken.has(ended) && which(ended) && this.#untaken.delete(ended);
    const known = [...this.#untaken].find(takes);
    if (known) return known;
    return await this.#end({
      takes,
      expected: `Expected an invocation with ${String(which)} to end`,
      seconds,
      instead: () => `ended so far: ${[...this.#untaken].map(described).join(', ') || 'none'}`,
    });
  }

  /** Rejects for whoever still waits: the Lambda is closed, and no end will come. */
  close(): void {
    this.#isClosed = true;
    for (const { reject, expected } of this.#waiting) {
      reject(new Error(`${expected}, but the local Lambda was closed before`));
    }
  }

  async #end({ takes, expected, seconds, instead }: Expectation): Promise<EndedInvocation> {
    if (this.#isClosed) throw new Error(`${expected}, but the local Lambda has been closed`);
    let timer: NodeJS.Timeout | undefined;
    let waiting: Waiting | undefined;
    try {
      return await new Promise((resolve, reject) => {
        waiting = { takes, expected, resolve, reject };
        this.#waiting.add(waiting);
        timer = setTimeout(() => {
          reject(new Error(`${expected} within ${seconds} s: ${instead()}`));
        }, seconds * 1_000);
      });
    } finally {
      clearTimeout(timer);
      if (waiting) this.#waiting.delete(waiting);
    }
  }

  #offer(ended: EndedInvocation, waiting: Waiting): void {
    try {
      if (!waiting.takes(ended)) return;
      // At once: it must not take the next end as well.
      this.#waiting.delete(waiting);
      waiting.resolve(ended);
    } catch (error) {
      waiting.reject(error);
    }
  }

  #watched(requestId: string): Watched {
    const known = this.#invocations.get(requestId);
    if (known) return known;
    const watched: Watched = { log: [], ended: undefined };
    this.#invocations.set(requestId, watched);
    return watched;
  }
}

interface Expectation extends Pick<Waiting, 'takes' | 'expected'> {
  readonly seconds: number;
  /** What there is instead, when the time is over. */
  readonly instead: () => string;
}

function described({ requestId, status, report }: EndedInvocation): string {
  return `${requestId} (${status}${report?.queuedTask ? `, queued task ${report.queuedTask.name}` : ''})`;
}
