import type { Readable } from 'node:stream';

/** The chunks of a body, typed: it is read as bytes, whatever a Readable may hold. */
export async function* chunksOf(body: Readable): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of body) {
    if (Buffer.isBuffer(chunk)) yield chunk;
  }
}
