import type { BodyPart } from './body-part';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';
import { writeIterable } from './write-iterable';

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
