import { PassThrough, type Readable } from 'node:stream';
import { Deferred } from './deferred';
import { InvocationError, type InvocationErrorPayload } from './invocation-error';

export interface InvocationResponse {
  readonly requestId: string;
  /** Absent when the function failed before the first byte. */
  readonly contentType: string | undefined;
  /** Whether the handler streams its response; otherwise `body` is the JSON of what the handler returned. */
  readonly streaming: boolean;
  /** Ends in an InvocationError when the function fails after the first byte. */
  readonly body: Readable;
  /** Present when the function failed before the first byte; `body` is then empty. */
  readonly error?: InvocationErrorPayload;
  /** The invocation is over, its REPORT has been logged. */
  readonly ended: Promise<void>;
}

/** What the runtime posts as the response of an invocation. */
export interface PostedResponse {
  readonly contentType: string | undefined;
  readonly streaming: boolean;
  readonly body: Readable;
  /** To be asked once `body` has ended: the trailers of a stream say whether the function failed. */
  readonly failure: () => InvocationErrorPayload | undefined;
}

/** The one response that an invocation may have: from the runtime, which posts it, to the caller, as it comes. */
export class PendingResponse {
  readonly requestId: string;
  readonly #onAnswered: () => void;
  readonly #body = new PassThrough();
  readonly #begun = new Deferred<InvocationResponse>();
  readonly #answered = new Deferred();
  readonly #ended = new Deferred();
  #hasFailed = false;
  #state: 'waiting' | 'answering' | 'started' | 'answered' = 'waiting';

  /** @param onAnswered called when the response is complete */
  constructor(requestId: string, onAnswered: () => void) {
    this.requestId = requestId;
    this.#onAnswered = onAnswered;
    // Whoever reads the body hears of an error; a body that nobody reads must not end this process.
    this.#body.on('error', () => undefined);
  }

  /** Resolves as soon as the status is known: at the first byte, at the end, or when the function fails before either. */
  get begun(): Promise<InvocationResponse> {
    return this.#begun.promise;
  }

  /** Resolves when the response is complete. */
  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  /** Whether the function, or its process, has failed before the response was complete. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** False once the runtime has begun to answer. */
  get isWaiting(): boolean {
    return this.#state === 'waiting';
  }

  /** Passes a response on as it comes. Resolves when it is complete. */
  respond(posted: PostedResponse): Promise<void> {
    const { body } = posted;
    this.#state = 'answering';
    body.once('data', () => {
      this.#start(posted);
    });
    body.once('end', () => {
      const failure = posted.failure();
      if (failure) {
        this.fail(failure);
        return;
      }
      this.#start(posted);
      this.#body.end();
      this.#setAnswered();
    });
    body.pipe(this.#body, { end: false });
    // The caller hung up: the function goes on, and what it writes is thrown away.
    this.#body.once('close', () => body.resume());
    return this.answered;
  }

  /** Before the first byte the caller gets the error, after it a body that breaks off, after the response nothing. */
  fail(error: InvocationErrorPayload): void {
    if (this.#state === 'answered') return;
    this.#hasFailed = true;
    if (this.#state === 'started') {
      this.#body.destroy(new InvocationError(error));
    } else {
      this.#body.end();
      this.#resolve({ contentType: undefined, streaming: false, error });
    }
    this.#setAnswered();
  }

  /** The invocation is over. */
  end(): void {
    this.#ended.resolve();
  }

  #start({ contentType, streaming }: PostedResponse): void {
    if (this.#state !== 'answering') return;
    this.#state = 'started';
    this.#resolve({ contentType, streaming });
  }

  #resolve(response: Pick<InvocationResponse, 'contentType' | 'streaming' | 'error'>): void {
    this.#begun.resolve({
      ...response,
      requestId: this.requestId,
      body: this.#body,
      ended: this.#ended.promise,
    });
  }

  #setAnswered(): void {
    if (this.#state === 'answered') return;
    this.#state = 'answered';
    this.#answered.resolve();
    this.#onAnswered();
  }
}
