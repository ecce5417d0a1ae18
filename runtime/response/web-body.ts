import type { ReadableStream, ReadableStreamDefaultReader } from 'node:stream/web';
import { pour } from './pour';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';

/**
 * As `streamBody`, for the body of a Response. It is cancelled as soon as its invocation is over, also while it waits for
 * its source, and where it is not to be sent at all.
 */
export async function streamWebBody(
  response: ResponseStream,
  body: ReadableStream<unknown>,
  metadata: ResponseMetadata,
): Promise<void> {
  const reader = body.getReader();
  try {
    await response.open(metadata, (stream, start, cutOff) => pour(stream, start, partsOf(reader, cutOff), cutOff));
  } finally {
    await reader.cancel();
  }
}

/** Not by `pipeline` and `Readable.fromWeb`: they take half as long again for all of a small answer. */
async function* partsOf(reader: ReadableStreamDefaultReader<unknown>, cutOff: AbortSignal) {
  let cancelled: Promise<void> | undefined;
  cutOff.addEventListener('abort', () => {
    cancelled = reader.cancel(cutOff.reason);
  });
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  await cancelled;
}
