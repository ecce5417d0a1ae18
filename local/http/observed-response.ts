import { ServerResponse } from 'node:http';

/** A response that can be listened to: Node.js tells when one begins and ends, not what is in it. */
export class ObservedResponse extends ServerResponse {
  /** Called with each chunk of the body before it is sent. */
  onChunk: ((chunk: Uint8Array) => void) | undefined;

  override write(chunk: unknown, encoding?: BufferEncoding | Written, onWritten?: Written): boolean {
    this.#tell(chunk, encoding);
    if (typeof encoding === 'function') return super.write(chunk, encoding);
    return super.write(chunk, encoding ?? 'utf8', onWritten);
  }

  override end(chunk?: unknown, encoding?: BufferEncoding | (() => void), onEnd?: () => void): this {
    this.#tell(chunk, encoding);
    if (typeof encoding === 'function') return super.end(chunk, encoding);
    return super.end(chunk, encoding ?? 'utf8', onEnd);
  }

  #tell(chunk: unknown, encoding: unknown): void {
    if (!this.onChunk) return;
    if (chunk instanceof Uint8Array) this.onChunk(chunk);
    else if (typeof chunk === 'string') this.onChunk(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'));
  }
}

type Written = (error: Error | null | undefined) => void;

const isEncoding = (value: unknown): value is BufferEncoding => typeof value === 'string' && Buffer.isEncoding(value);
