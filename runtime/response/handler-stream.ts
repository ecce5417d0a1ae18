import { PassThrough, type TransformCallback, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ResponseAlreadySentError } from '../errors';
import { writeIterable } from './stream-body';
import type { ResponseStream } from './response-stream';

/** What a handler that streams uses of the runtime client's stream. */
export interface HandlerStream extends Writable {
  /** Throws when it comes after the first write. */
  setContentType(contentType: string): void;
}

/**
 * Lets a handler write the response by itself, to a stream that takes what the runtime client's takes. The response counts as
 * sent from the first write on. Resolves when the handler has, and its stream has ended. Rejects with what the handler
 * rejects with, else with what broke its stream off; what has been written then has no end.
 */
export async function lendStream(response: ResponseStream, handler: (stream: HandlerStream) => unknown): Promise<void> {
  const stream = new LentStream(response);
  const ended = finished(stream, { readable: false });
  // It is awaited below: the handler may go on after its stream has failed.
  ended.catch(() => undefined);
  try {
    await handler(stream);
  } catch (error) {
    // An answer that is whole is sent all the same.
    if (stream.writableEnded) await ended.catch(() => undefined);
    else stream.destroy();
    throw error;
  }
  try {
    await ended;
  } finally {
    await stream.sending;
  }
}

/**
 * Stands in front of the runtime client's stream. So what fails before the first write can still be told to the caller, and a
 * `pipeline` that fails, which destroys what it writes to, does not break the client's connection, on whose end that waits.
 */
class LentStream extends PassThrough implements HandlerStream {
  /** Set by `awslambda.HttpResponseStream.from` (aws-lambda-ric 4.0.2, src/stream/http-response-stream.ts). */
  _onBeforeFirstWrite: ((write: (part: string | Uint8Array) => void) => void) | undefined;
  readonly #response: ResponseStream;
  #contentType: string | undefined;
  #sending: Promise<void> | undefined;

  constructor(response: ResponseStream) {
    super();
    this.#response = response;
  }

  /** Undefined before the first write. Resolves when all is handed to the Runtime API. */
  get sending(): Promise<void> | undefined {
    return this.#sending;
  }

  setContentType(contentType: string): void {
    if (this.#sending !== undefined) throw new Error('Expected the content type before the first write');
    this.#contentType = contentType;
  }

  /**
   * As the runtime client's does, it takes anything but text and bytes for an object to be sent as JSON. Throws once the
   * stream has ended: by an error event, as other streams have it, the answer that is whole would be broken off, or, once
   * that has gone, what comes too late be lost in silence.
   */
  override write(chunk: unknown, ...options: readonly unknown[]): boolean {
    this.#assertNotEnded();
    const part = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    return Reflect.apply(super.write.bind(this), undefined, [part, ...options]) === true;
  }

  /** As `write`, where it has something to write. Else it may come twice, as of any stream. */
  override end(...args: readonly unknown[]): this {
    const [chunk] = args;
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.#assertNotEnded();
    Reflect.apply(super.end.bind(this), undefined, args);
    return this;
  }

  #assertNotEnded(): void {
    if (!this.writableEnded) return;
    throw new ResponseAlreadySentError('Expected the handler to write before it ended its stream, it wrote after');
  }

  override _transform(chunk: unknown, _: BufferEncoding, callback: TransformCallback): void {
    callback(this.#send(), chunk);
  }

  /** Also where nothing was written: the runtime client would then send no status and no headers. */
  override _flush(callback: TransformCallback): void {
    callback(this.#send());
  }

  /** What kept it from being sent, if anything did: another answer that has gone. */
  #send(): Error | null {
    if (this.#sending !== undefined) return null;
    try {
      this.#sending = this.#response.openAs(this.#contentType, (stream, cutOff) => {
        cutOff.addEventListener('abort', () => {
          this.destroy(errorFrom(cutOff.reason));
        });
        return writeIterable(stream, this.#prelude(), this, cutOff);
      });
      // The handler hears of it by its stream, and `lendStream` awaits it.
      this.#sending.catch(() => undefined);
      return null;
    } catch (error) {
      return errorFrom(error);
    }
  }

  #prelude(): string {
    const parts: Uint8Array[] = [];
    this._onBeforeFirstWrite?.((part) => parts.push(Buffer.from(part)));
    return Buffer.concat(parts).toString();
  }
}

function errorFrom(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('Expected an Error', { cause: thrown });
}
