import { TooManyRequestsError, type EnvironmentPool, type Invocation } from '../../environment/pool';
import { readPayload } from '../../environment/response-payload';
import { reasonOf } from '../../user-error';

/** What became of one attempt. */
export type InvocationResult = Awaited<ReturnType<typeof readPayload>>;

/** An event that has been accepted and not yet been processed. Times are in milliseconds since the epoch. */
export interface QueuedEventState {
  readonly requestId: string;
  readonly functionName: string;
  readonly acceptedAt: number;
  /** That have been begun. */
  readonly attempts: number;
  /** That are to follow when the one before fails; a throttled one counts for none. */
  readonly attemptsLeft: number;
  /** Absent while an attempt is under way. */
  readonly nextAttemptAt: number | undefined;
}

const DEFAULT_RETRIES = 2;
const DEFAULT_AGE_SECONDS = 6 * 3_600;

/** One event in the queue, with what its function's EventInvokeConfig says of it. */
export class QueuedEvent {
  readonly pool: EnvironmentPool;
  readonly invocation: Invocation & { readonly requestId: string; readonly traceId: string };
  readonly acceptedAt = Date.now();
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly #maxAge: number;
  readonly #maxAttempts: number;
  #attempts = 0;
  #nextAttemptAt: number | undefined;

  constructor(pool: EnvironmentPool, invocation: QueuedEvent['invocation']) {
    const { qualifier: asked = '$LATEST' } = invocation;
    const config = pool.definition.eventConfigs.find(({ qualifier }) => qualifier === asked);
    this.pool = pool;
    this.invocation = invocation;
    this.onSuccess = config?.onSuccess;
    this.onFailure = config?.onFailure;
    this.#maxAge = (config?.eventAge ?? DEFAULT_AGE_SECONDS) * 1_000;
    this.#maxAttempts = (config?.eventRetries ?? DEFAULT_RETRIES) + 1;
  }

  get attempts(): number {
    return this.#attempts;
  }

  get attemptsLeft(): number {
    return this.#maxAttempts - this.#attempts;
  }

  get state(): QueuedEventState {
    return {
      requestId: this.invocation.requestId,
      functionName: this.pool.definition.name,
      acceptedAt: this.acceptedAt,
      attempts: this.#attempts,
      attemptsLeft: this.attemptsLeft,
      nextAttemptAt: this.#nextAttemptAt,
    };
  }

  /** Whether it will be too old for an attempt that many milliseconds from now. */
  isTooOldIn(delay: number): boolean {
    return Date.now() - this.acceptedAt + delay > this.#maxAge;
  }

  waitsFor(delay: number): void {
    this.#nextAttemptAt = Date.now() + delay;
  }

  /** Rejects with TooManyRequestsError when the function is throttled, which is no attempt. */
  async attempt(): Promise<InvocationResult> {
    this.#nextAttemptAt = undefined;
    this.#attempts += 1;
    try {
      const response = await this.pool.invoke(this.invocation);
      const result = await readPayload(response);
      // What is said of a failed attempt stands below its log.
      if ('error' in result) await response.ended;
      return result;
    } catch (error) {
      if (!(error instanceof TooManyRequestsError)) {
        return { error: { errorType: 'ServiceException', errorMessage: reasonOf(error) } };
      }
      this.#attempts -= 1;
      throw error;
    }
  }
}
