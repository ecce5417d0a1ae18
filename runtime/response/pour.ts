import { bodyChunk } from './body-part';
import { brokenConnection, handOver } from './hand-over';

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
  const room = watchRoom(stream, cutOff);
  try {
    if (!stream.write(start)) await room.next();
    for await (const part of body) {
      cutOff.throwIfAborted();
      if (!stream.write(bodyChunk(part))) await room.next();
    }
  } finally {
    room.stopWatching();
  }
  cutOff.throwIfAborted();
  await handOver(stream, '');
}

/** One pair of listeners for the whole body, not one for each time that the stream is full. */
function watchRoom(stream: awslambda.HttpResponseStream, cutOff: AbortSignal) {
  let broken: Error | undefined;
  let wake: (() => void) | undefined;
  const onDrain = () => wake?.();
  const onError = (error: Error) => {
    broken = error;
    wake?.();
  };
  stream.on('drain', onDrain);
  stream.on('error', onError);
  cutOff.addEventListener('abort', onDrain);

  return {
    async next(): Promise<void> {
      if (broken === undefined) await new Promise<void>((resolve) => (wake = resolve));
      if (broken !== undefined) throw brokenConnection(broken);
      cutOff.throwIfAborted();
    },
    stopWatching() {
      stream.removeListener('drain', onDrain);
      stream.removeListener('error', onError);
      cutOff.removeEventListener('abort', onDrain);
    },
  };
}
