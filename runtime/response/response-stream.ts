import { ResponseAlreadySentError, ResponseStreamError } from '../errors';
import type { ResponseMetadata } from '../adapters/background-processing-handler';
import type { InvocationRequest } from '../request/invocation-request';
import { encodePrelude, isBodyless, preludeContentType, type ResponsePrelude, responsePrelude } from './prelude';

/**
 * The one response of an invocation, in the form its caller reads: a direct caller gets the body and nothing else, an
 * HTTP caller the metadata prelude and the body.
 */
export class ResponseStream {
  readonly #stream: awslambda.HttpResponseStream;
  readonly #request: InvocationRequest;
  readonly #onHandedOver: () => void;
  #sending: Promise<void> | undefined;
  #closed = false;

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

  /** From now on nothing can be sent: the caller is to get an invocation error. */
  close(): void {
    this.#closed = true;
  }

  /**
   * Sends status, headers and body and ends the response; resolves when all is handed to the Runtime API. `encode`
   * makes the body, and is called only when there is one to send. Throws, with nothing sent, whatever `encode` throws,
   * an InvalidResponseError for metadata that is not HTTP, a ResponseAlreadySentError when an answer has gone before.
   */
  send(encode: () => string, metadata?: ResponseMetadata): Promise<void> {
    if (this.sent) {
      throw new ResponseAlreadySentError('Expected one response an invocation, but an answer has been sent already');
    }
    if (this.#closed) {
      throw new ResponseAlreadySentError(
        'Expected a response before the invocation had failed, its caller gets an error',
      );
    }
    const prelude = responsePrelude(metadata);
    const body = this.#hasBody(prelude.statusCode) ? encode() : '';
    this.#sending = this.#handOver(prelude, body).then(this.#onHandedOver);
    return this.#sending;
  }

  #hasBody(statusCode: number): boolean {
    if (this.#request.caller === 'direct') return true;
    return this.#request.method !== 'HEAD' && !isBodyless(statusCode);
  }

  /**
   * Resolves on 'finish': the last byte is with the operating system, on its way to the Runtime API. Prelude and body
   * go in one chunk, rather than in three by `awslambda.HttpResponseStream.from` (aws-lambda-ric 4.0.2,
   * src/stream/http-response-stream.ts). The write is there for an empty body too: `end` alone would send no prelude.
   */
  #handOver(prelude: ResponsePrelude, body: string): Promise<void> {
    const isHttp = this.#request.caller === 'http';
    const stream = this.#stream;
    stream.setContentType(isHttp ? preludeContentType : 'application/json');
    return new Promise((resolve, reject) => {
      const onError = (cause: Error) => {
        reject(
          new ResponseStreamError('The connection to the Runtime API broke before the response was sent', { cause }),
        );
      };
      stream.once('error', onError);
      stream.write(isHttp ? encodePrelude(prelude) + body : body);
      // Node.js 22's runtime (aws-lambda-ric 3, index.mjs) takes nothing but a callback here.
      stream.end(() => {
        // The runtime client has a listener of its own. Its stream outlives the invocation: all that this one refers to
        // would live with it until the next full garbage collection.
        stream.removeListener('error', onError);
        resolve();
      });
    });
  }
}
