export type BodyPart = string | Uint8Array;

/**
 * A Buffer, since Node.js 22's runtime (aws-lambda-ric 3, index.mjs) takes any other kind of Uint8Array for an object to
 * send as JSON. Throws a TypeError for what is neither text nor bytes.
 */
export function bodyChunk(part: unknown): string | Buffer {
  if (typeof part === 'string' || Buffer.isBuffer(part)) return part;
  if (ArrayBuffer.isView(part)) return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  throw new TypeError(`Expected a body of text or bytes, received ${typeof part}`);
}
