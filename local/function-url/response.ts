import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { InvocationResponse } from '../environment/pool';
import { bufferedResponse } from './buffered-response';
import { preludeContentType, readPrelude, type ResponseMetadata } from './prelude';

/**
 * Sends the response of a function as a Function URL does, chunk by chunk as it comes. Rejects when the function fails
 * after the first byte, or when the caller hangs up; the connection is then broken off.
 */
export async function sendResponse(response: InvocationResponse, http: ServerResponse): Promise<void> {
  http.setHeader('x-amzn-requestid', response.requestId);
  try {
    const content = await interpret(response).catch(() => undefined);
    if (content && setHead(http, content.metadata)) {
      http.flushHeaders();
      await pipeline(content.body, http);
    } else {
      sendJson(http, 502, { message: 'Internal Server Error' });
    }
  } finally {
    // Nobody reads on: the function must not wait for somebody who does.
    response.body.destroy();
  }
}

export function sendJson(http: ServerResponse, status: number, body: object): void {
  http.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface HttpContent {
  readonly metadata: ResponseMetadata;
  readonly body: AsyncIterable<Buffer>;
}

/** Resolves to undefined when the function failed, rejects when what it sent is not an HTTP response. */
async function interpret({
  error,
  contentType,
  streaming,
  body,
}: InvocationResponse): Promise<HttpContent | undefined> {
  if (error) return undefined;
  if (!streaming) {
    const { metadata, content } = bufferedResponse(await buffer(body));
    return { metadata, body: continued(content) };
  }
  const chunks = chunksOf(body);
  if (contentType !== preludeContentType) {
    const headers = { 'content-type': contentType ?? 'application/octet-stream' };
    return { metadata: { statusCode: 200, headers, cookies: [] }, body: chunks };
  }
  const { metadata, rest } = await readPrelude(chunks);
  const headers = { 'content-type': 'application/octet-stream', ...metadata.headers };
  return { metadata: { ...metadata, headers }, body: continued(rest, chunks) };
}

async function* chunksOf(body: Readable): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of body) {
    if (Buffer.isBuffer(chunk)) yield chunk;
  }
}

async function* continued(first: Buffer, rest?: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  if (first.length > 0) yield first;
  if (rest) yield* rest;
}

/** What belongs to the connection, not to the response, is the server's to say. */
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Returns false, with nothing sent, when a name or a value cannot be sent in HTTP. */
function setHead(http: ServerResponse, { statusCode, headers, cookies }: ResponseMetadata): boolean {
  const names = Object.keys(headers).filter((name) => !connectionHeaders.has(name));
  try {
    for (const name of names) http.setHeader(name, headers[name] ?? '');
    if (cookies.length > 0) http.setHeader('set-cookie', cookies);
  } catch {
    for (const name of [...names, 'set-cookie']) http.removeHeader(name);
    return false;
  }
  http.statusCode = statusCode;
  return true;
}
