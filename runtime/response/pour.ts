import { bodyChunk } from './body-part';
import { handOver } from './hand-over';
import { Room } from './room';

/**
 * Writes `start` and each part of a body to the stream of the runtime client, the next one when there is room for it, and
 * ends the stream. Rejects with what `body` throws, with a ResponseStreamError when the connection breaks, and with the
 * reason of `cutOff` once that has aborted; the stream is then not ended.
 */
export async function pour(
  stream: awslambda.HttpResponseStream,
  start: string,
  body: AsyncIterable<unknown>,
  cutOff: AbortSignal,
): Promise<void> {
  const room = new Room(stream, cutOff);
  try {
    if (!stream.write(start)) await room.next();
    for await (const part of body) {
      cutOff.throwIfAborted();
      if (!stream.write(bodyChunk(part))) await room.next();
    }
  } finally {
    room.stopListening();
  }
  cutOff.throwIfAborted();
  await handOver(stream, '');
}
