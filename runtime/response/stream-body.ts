import type { BodyPart } from './body-part';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';
import { writeBodyInParts } from './write-body-in-parts';

/**
 * Answers with each part of a body as it comes, and asks for the next one when there is room for it. Throws and resolves
 * as all that sends does, see ResponseStream. Where `body` fails the promise rejects with what it threw, and the
 * connection ends with the invocation and without the end of the body, so that nobody takes the half for the whole. A
 * body that is not to be sent, to HEAD for instance, is not begun.
 */
export function streamBody(
  response: ResponseStream,
  body: AsyncIterable<BodyPart>,
  metadata: ResponseMetadata = {},
): Promise<void> {
  return response.open(metadata, (stream, start, cutOff) => writeIterable(stream, start, body, cutOff));
}

/** As `writeBodyInParts`, and as `for await` does: where it stops before the end, it lets the body clean up. */
export async function writeIterable(
  stream: awslambda.HttpResponseStream,
  start: string,
  body: AsyncIterable<unknown>,
  cutOff: AbortSignal,
): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  // A body that fails has cleaned up, and so has one that has ended.
  const reading = { over: false };
  const next = async () => {
    reading.over = true;
    const part = await iterator.next();
    reading.over = part.done === true;
    return part;
  };
  try {
    await writeBodyInParts(stream, start, next, cutOff);
  } finally {
    if (!reading.over) await iterator.return?.();
  }
}
