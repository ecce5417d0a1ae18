import type { ReadableStream } from 'node:stream/web';
import { writeBodyInParts } from './write-body-in-parts';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';

/**
 * As `streamBody`, for the body of a Response. It is cancelled as soon as its invocation is over, also while it waits for
 * its source, and where it is not to be sent at all.
 *
 * Not by `pipeline` and `Readable.fromWeb`: they take half as long again for all of a small answer.
 */
export async function streamWebBody(
  response: ResponseStream,
  body: ReadableStream<unknown>,
  metadata: ResponseMetadata,
): Promise<void> {
  const reader = body.getReader();
  const next = () => reader.read();
  const reading = { begun: false, over: false, ended: false };
  let cancelled: Promise<void> | undefined;
  try {
    await response.open(metadata, async (stream, start, cutOff) => {
      reading.begun = true;
      const cancel = () => {
        cancelled = reader.cancel(cutOff.reason);
      };
      // Most bodies have been sent by then.
      process.nextTick(() => {
        if (!reading.over) cutOff.addEventListener('abort', cancel);
      });
      try {
        await writeBodyInParts(stream, start, next, cutOff);
        reading.ended = true;
      } finally {
        reading.over = true;
        cutOff.removeEventListener('abort', cancel);
      }
    });
  } finally {
    // Of a body that has been read to its end there is nothing to cancel.
    if (!reading.ended) {
      const over = cancelled ?? reader.cancel();
      // A source that nobody has asked for a part may take its time to end: no caller waits for that. Where it fails, that
      // is a rejection that nobody handles, and so in the log.
      if (reading.begun) await over;
    }
  }
}
