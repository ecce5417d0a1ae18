import { InvocationEndedError } from '../errors';
import { bodyChunk, type BodyPart } from './body-part';
import { brokenConnection, handOver } from './hand-over';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';

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
  return response.open(metadata, (stream, start, brokenOff) => pour(stream, start, body, brokenOff));
}

async function pour(
  stream: awslambda.HttpResponseStream,
  start: string,
  body: AsyncIterable<BodyPart>,
  brokenOff: () => boolean,
): Promise<void> {
  const room = watchRoom(stream);
  try {
    if (!stream.write(start)) await room.next();
    for await (const part of body) {
      if (brokenOff()) throw new InvocationEndedError('Expected a body to end with its invocation, it went on');
      if (!stream.write(bodyChunk(part))) await room.next();
    }
  } finally {
    room.stopWatching();
  }
  await handOver(stream, '');
}

/** One pair of listeners for the whole body, not one for each time that the stream is full. */
function watchRoom(stream: awslambda.HttpResponseStream) {
  let broken: Error | undefined;
  let wake: (() => void) | undefined;
  const onDrain = () => wake?.();
  const onError = (error: Error) => {
    broken = error;
    wake?.();
  };
  stream.on('drain', onDrain);
  stream.on('error', onError);

  return {
    /** Resolves when the stream has room; rejects with a ResponseStreamError when its connection has broken. */
    async next(): Promise<void> {
      if (broken === undefined) await new Promise<void>((resolve) => (wake = resolve));
      if (broken !== undefined) throw brokenConnection(broken);
    },
    stopWatching() {
      stream.removeListener('drain', onDrain);
      stream.removeListener('error', onError);
    },
  };
}
