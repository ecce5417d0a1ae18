import { writeBodyInParts } from './write-body-in-parts';

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
