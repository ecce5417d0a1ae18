import { ResponseAlreadySentError, ResponseStreamError } from '../errors';
import type { InvocationRequest } from '../request/invocation-request';
import { bodyChunk, type BodyPart } from './body-part';
import { handOver } from './hand-over';
import { isBodyless, jsonPrelude, preludeContentType, type ResponsePrelude, responsePrelude } from './prelude';
import type { ResponseMetadata } from './response-metadata';

/** Resolves when it has ended the stream. Once `brokenOff` says so nothing may be written to the stream any more. */
export type BodyWriter = (
  stream: awslambda.HttpResponseStream,
  start: string,
  brokenOff: () => boolean,
) => Promise<void>;

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
  #bodyIsOpen = false;

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
   * From now on nothing can be sent. Whether a body was begun that has not been ended: its caller takes it for the whole,
   * unless it gets an invocation error.
   */
  close(): boolean {
    this.#closed = true;
    return this.#bodyIsOpen;
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
   * For a body that comes in parts, see `streamBody`: `write` gets the stream of the runtime client, and what is to go
   * before the body. The response counts as sent from here on, and as handed over when the promise of `write` resolves. Where it
   * has not resolved when the invocation ends, the connection ends without the end of the body.
   */
  open(metadata: ResponseMetadata, write: BodyWriter): Promise<void> {
    this.#assertUnsent();
    const prelude = responsePrelude(metadata);
    if (this.#withoutBody(prelude)) return this.#send(prelude, '');
    const writing = write(this.#open(), this.#start(prelude), () => this.#closed);
    this.#bodyIsOpen = true;
    return this.#track(
      writing.then(() => {
        if (!this.#stream.writableEnded)
          throw new ResponseStreamError('Expected the writer of a body to end the stream');
        this.#bodyIsOpen = false;
      }),
    );
  }

  #send(prelude: ResponsePrelude, body: BodyPart): Promise<void> {
    // Again: `encode` is the user's, and may have sent an answer of its own.
    this.#assertUnsent();
    const start = this.#start(prelude);
    const chunk = this.#withoutBody(prelude) ? '' : bodyChunk(body);
    return this.#track(
      handOver(this.#open(), typeof chunk === 'string' ? start + chunk : Buffer.concat([Buffer.from(start), chunk])),
    );
  }

  #open(): awslambda.HttpResponseStream {
    this.#stream.setContentType(this.#request.caller === 'http' ? preludeContentType : 'application/json');
    return this.#stream;
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
