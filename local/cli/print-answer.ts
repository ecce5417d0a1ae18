import type { Writable } from 'node:stream';
import { chunksOf } from '../environment/response-payload';
import type { InvocationResponse } from '../environment/pool';
import { preludeContentType, readPrelude } from '../function-url/prelude';
import type { ResponseMetadata } from '../function-url/prelude';
import { reasonOf } from '../user-error';

/**
 * Prints a function's response on `out` chunk by chunk as it comes, or its error as JSON. Of an HTTP response only the
 * body goes there, status and headers go to `log`. Resolves, once all is written, to whether the function succeeded.
 */
export async function printAnswer(
  response: InvocationResponse,
  { out, log }: { out: Writable; log: Writable },
): Promise<boolean> {
  if (response.error) {
    await write(out, `${JSON.stringify(response.error)}\n`);
    return false;
  }
  try {
    await printBody(response, { out, log });
    return true;
  } catch (error) {
    // The function failed half-way, or sent what is no HTTP response.
    await write(log, `\nThe answer broke off: ${reasonOf(error)}\n`);
    return false;
  }
}

async function printBody({ body, contentType }: InvocationResponse, { out, log }: { out: Writable; log: Writable }) {
  const chunks = chunksOf(body);
  let last = contentType === preludeContentType ? await printHead(chunks, { out, log }) : Buffer.alloc(0);
  for await (const chunk of chunks) {
    await write(out, chunk);
    last = chunk;
  }
  if (last.at(-1) !== newline) await write(out, '\n');
}

const newline = 10;

/** Prints status and headers, and what came with them of the body, which is returned. */
async function printHead(chunks: AsyncIterator<Buffer>, { out, log }: { out: Writable; log: Writable }) {
  const { metadata, rest } = await readPrelude(chunks);
  await write(log, describe(metadata));
  await write(out, rest);
  return rest;
}

function describe({ statusCode, headers, cookies }: ResponseMetadata): string {
  const lines = [
    `HTTP ${statusCode}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...cookies.map((cookie) => `set-cookie: ${cookie}`),
  ];
  return `${lines.join('\n')}\n`;
}

function write(stream: Writable, chunk: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
