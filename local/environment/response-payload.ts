import type { Readable } from 'node:stream';
import { InvocationError, type InvocationErrorPayload } from './invocation-error';
import type { InvocationResponse } from './response';

/** What a function may answer with in one piece: 6 MB, and a little for what Lambda adds. */
const MAX_PAYLOAD_BYTES = 6_291_556;

/** The whole response of a function, be it streamed or not; a failure at any time is one of the invocation. */
export async function readPayload({
  error,
  body,
}: InvocationResponse): Promise<{ payload: Buffer } | { error: InvocationErrorPayload }> {
  if (error) return { error };
  try {
    const payload = await readAtMost(body, MAX_PAYLOAD_BYTES);
    return payload ? { payload } : { error: tooLarge };
  } catch (failure) {
    if (failure instanceof InvocationError) return { error: failure.payload };
    throw failure;
  }
}

/** The chunks of a body, typed: it is read as bytes, whatever a Readable may hold. */
export async function* chunksOf(body: Readable): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of body) {
    if (Buffer.isBuffer(chunk)) yield chunk;
  }
}

const tooLarge: InvocationErrorPayload = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
};

/** Leaving the loop destroys the body: the function goes on, and what it writes is thrown away. */
async function readAtMost(body: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunksOf(body)) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
