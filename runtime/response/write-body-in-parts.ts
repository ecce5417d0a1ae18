import { bodyChunk } from './body-part';
import { writeWholeBody } from './write-whole-body';
import { BackPressure } from './back-pressure';

/**
 * Writes `start` and each part of a body to the stream of the runtime client, the next one when there is room for it, and
 * ends the stream. Rejects with what `body` throws, with a ResponseStreamError when the connection breaks, and with the
 * reason of `cutOff` once that has aborted; the stream is then not ended.
 */
export async function writeBodyInParts(
  stream: awslambda.HttpResponseStream,
  start: string,
  body: AsyncIterable<unknown>,
  cutOff: AbortSignal,
): Promise<void> {
  const pressure = new BackPressure(stream, cutOff);
  try {
    if (!stream.write(start)) await pressure.relieved();
    for await (const part of body) {
      cutOff.throwIfAborted();
      if (!stream.write(bodyChunk(part))) await pressure.relieved();
    }
  } finally {
    pressure.stopListening();
  }
  cutOff.throwIfAborted();
  await writeWholeBody(stream, '');
}
