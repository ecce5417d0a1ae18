import { InvocationEndedError, ResponseAlreadySentError, ResponseStreamError } from '../errors';
import type { InvocationRequest } from '../request/invocation-request';
import { bodyChunk, type BodyPart } from './body-part';
import { endBody } from './end-body';
import { isBodyless, jsonPrelude, preludeContentType, type ResponsePrelude, responsePrelude } from './prelude';
import type { ResponseMetadata } from './response-metadata';
import { joined } from './write-body-in-parts';

/**
 * Writes `start`, which goes before the body, and the body to the stream of the runtime client, and resolves when it has
 * ended that. `cutOff` aborts when the invocation ends before: from then on nothing may be written to the stream.
 */
export type BodyWriter = (stream: awslambda.HttpResponseStream, start: string, cutOff: AbortSignal) => Promise<void>;

/**
 * The one response of an invocation, in the form its caller reads: a direct caller gets the body and nothing else, an
 * HTTP caller the metadata prelude and the body; none to HEAD, or with a status of 204 or 304.
 *
 * What sends throws at once, with nothing sent: an InvalidResponseError for metadata that is not HTTP, a
 * ResponseAlreadySentError when an answer has gone before. What it returns resolves when all is handed to the Runtime
 * API: the caller has it from then on, and the functions among the background tasks start.
 */
export class ResponseStream {
  readonly #stream: awslambda.HttpResponseStream;
  readonly #request: InvocationRequest;
  readonly #onHandedOver: () => void;
  #sending: Promise<void> | undefined;
  #closed = false;
  #openBody: AbortController | undefined;

  constructor(stream: awslambda.HttpResponseStream, request: InvocationRequest, onHandedOver: () => void) {
    this.#stream = stream;
    this.#request = request;
    this.#onHandedOver = onHandedOver;
  }

  /** Whether an answer has gone, or is going: no other can. */
  get sent(): boolean {
    return this.#sending !== undefined;
  }

  /** Resolves when the sending is over, however it ended; at once when nothing has been sent. */
  get over(): Promise<void> {
    return this.#sending?.catch(() => undefined) ?? Promise.resolve();
  }

  /**
   * From now on nothing can be sent. A body that was begun and has not been ended is cut off. Returns whether there was one:
   * the invocation has to end with an error then, or its caller takes the half for the whole.
   */
  close(): boolean {
    this.#closed = true;
    this.#openBody?.abort(new InvocationEndedError('Expected a body to end with its invocation, it went on'));
    return this.#openBody !== undefined;
  }

  /** Whether an error is that of a body that was cut off, and so only what follows from it. */
  hasCutOff(error: unknown): boolean {
    return this.#openBody?.signal.aborted === true && error === this.#openBody.signal.reason;
  }

  /**
   * Sends a body of JSON, of content type application/json unless `metadata` names another. `encode` makes the body, and
   * is called only when there is one to send; throws, with nothing sent, whatever `encode` throws. Where the status has no
   * body a direct caller gets null, so that what it gets is always JSON.
   */
  sendJson(encode: () => string, metadata?: ResponseMetadata): Promise<void> {
    this.#assertUnsent();
    const prelude = jsonPrelude(metadata);
    if (isBodyless(prelude.statusCode)) return this.#send(prelude, 'null');
    return this.#send(prelude, this.#withoutBody(prelude) ? '' : encode());
  }

  /** Sends any body, of the content type that `metadata` names. */
  send(body: BodyPart, metadata: ResponseMetadata = {}): Promise<void> {
    this.#assertUnsent();
    return this.#send(responsePrelude(metadata), body);
  }

  /**
   * For a body that comes in parts, see `streamBody`. The response counts as sent from here on, and as handed over when the
   * promise of `write` resolves. Where it has not resolved when the invocation ends, the connection ends without the end of the body.
   */
  open(metadata: ResponseMetadata, write: BodyWriter): Promise<void> {
    this.#assertUnsent();
    const prelude = responsePrelude(metadata);
    if (this.#withoutBody(prelude)) return this.#send(prelude, '');
    return this.openAs(this.#contentType, (stream, cutOff) => write(stream, this.#start(prelude), cutOff));
  }

  /**
   * As `open`, for what knows nothing of callers and metadata: `write` writes all that is sent, of this content type. An
   * HTTP caller gets it as status, headers and body only where the prelude is in it, and the content type says so.
   */
  openAs(
    contentType: string | undefined,
    write: (stream: awslambda.HttpResponseStream, cutOff: AbortSignal) => Promise<void>,
  ): Promise<void> {
    this.#assertUnsent();
    if (contentType !== undefined) this.#stream.setContentType(contentType);
    const body = new AbortController();
    const writing = write(this.#stream, body.signal);
    this.#openBody = body;
    return this.#track(
      writing.then(() => {
        if (!this.#stream.writableEnded)
          throw new ResponseStreamError('Expected the writer of a body to end the stream');
        this.#openBody = undefined;
      }),
    );
  }

  #send(prelude: ResponsePrelude, body: BodyPart): Promise<void> {
    // Again: `encode` is the user's, and may have sent an answer of its own.
    this.#assertUnsent();
    const start = this.#start(prelude);
    const chunk = this.#withoutBody(prelude) ? '' : bodyChunk(body);
    this.#stream.setContentType(this.#contentType);
    // In one chunk, rather than in three as by `awslambda.HttpResponseStream.from` (aws-lambda-ric 4.0.2,
    // src/stream/http-response-stream.ts).
    this.#stream.write(joined(start, chunk));
    return this.#track(endBody(this.#stream));
  }

  get #contentType(): string {
    return this.#request.caller === 'http' ? preludeContentType : 'application/json';
  }

  /** What comes before the body. */
  #start(prelude: ResponsePrelude): string {
    return this.#request.caller === 'http' ? prelude.encoded : '';
  }

  #withoutBody({ statusCode }: ResponsePrelude): boolean {
    return this.#request.caller === 'http' && (this.#request.method === 'HEAD' || isBodyless(statusCode));
  }

  #track(sending: Promise<void>): Promise<void> {
    this.#sending = sending.then(this.#onHandedOver);
    return this.#sending;
  }

  #assertUnsent(): void {
    if (this.sent) {
      throw new ResponseAlreadySentError('Expected one response an invocation, but an answer has been sent already');
    }
    if (this.#closed) {
      throw new ResponseAlreadySentError(
        'Expected a response before the invocation had failed, its caller gets an error',
      );
    }
  }
}
