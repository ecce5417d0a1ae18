import { bodyChunk } from './body-part';
import { BackPressure } from './back-pressure';
import { endBody } from './end-body';

/**
 * Writes `start` and each part of a body to the stream of the runtime client, asks for the next one when there is room for it,
 * and ends the stream. Rejects with what `next` rejects with, with a ResponseStreamError when the connection breaks, and with the
 * reason of `cutOff` once that has aborted; the stream is then not ended.
 *
 * A first part that is there in this tick goes in one write with `start`. Else `start` goes by itself: the caller has the
 * status while it waits for the body.
 */
export async function writeBodyInParts(
  stream: awslambda.HttpResponseStream,
  start: string,
  next: () => Promise<IteratorResult<unknown, unknown>>,
  cutOff: AbortSignal,
): Promise<void> {
  // A small body never waits.
  let pressure: BackPressure | undefined;
  let started = false;
  const begin = () => {
    if (!started && !cutOff.aborted) stream.write(start);
    started = true;
  };
  process.nextTick(begin);
  try {
    for (let part = await next(); part.done !== true; part = await next()) {
      cutOff.throwIfAborted();
      const chunk = bodyChunk(part.value);
      const hasRoom = stream.write(started ? chunk : joined(start, chunk)) || hasRoomForMore(stream, chunk.length);
      started = true;
      if (!hasRoom) await (pressure ??= new BackPressure(stream, cutOff)).relieved();
    }
  } finally {
    pressure?.stopListening();
  }
  cutOff.throwIfAborted();
  begin();
  await endBody(stream);
}

/**
 * Whether more may wait to be sent than `write` has room for: parts that are there at once go to the operating system
 * together, which takes a tenth less time than each by itself. Not for small ones, of which thousands are waiting by then:
 * each of them takes memory besides its bytes. Nor once the connection has broken: of all that is written then nothing waits.
 */
const hasRoomForMore = ({ destroyed, writableLength }: awslambda.HttpResponseStream, partLength: number): boolean =>
  !destroyed && writableLength < Math.min(8 * partLength, 512 * 1_024);

export function joined(start: string, chunk: string | Buffer): string | Buffer {
  return typeof chunk === 'string' ? start + chunk : Buffer.concat([Buffer.from(start), chunk]);
}
