import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { BodyState } from '../state';

/** What is kept of a body, and of a log. */
export const mostBytes = 1_048_576;

/** The first megabyte of a body, which may come in chunks. */
export class KeptBody {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #kept = 0;

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#bytes += chunk.length;
    const room = mostBytes - this.#kept;
    if (room <= 0) return;
    // A copy where a part is left out: what is left out is to be freed.
    const kept = chunk.length <= room ? chunk : Uint8Array.from(chunk.subarray(0, room));
    this.#chunks.push(kept);
    this.#kept += kept.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get state(): BodyState {
    const content = Buffer.concat(this.#chunks);
    this.#chunks = [content];
    // The decoder keeps back what is half a character at the end.
    const text = new StringDecoder('utf8').write(content);
    const isText = isUtf8(content.subarray(0, Buffer.byteLength(text))) && !text.includes('\0');
    return { bytes: this.#bytes, dropped: this.#bytes - this.#kept, text: isText ? text : undefined };
  }
}
