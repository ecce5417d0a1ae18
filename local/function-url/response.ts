import { validateHeaderName, validateHeaderValue, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { InvocationError } from '../environment/invocation-error';
import type { InvocationResponse } from '../environment/pool';
import { reasonOf } from '../user-error';
import { readHttpContent, type HttpContent, type HttpContentOptions } from './http-content';
import type { ResponseMetadata } from './prelude';

export interface ResponseOptions extends HttpContentOptions {
  /** Hears why an answer of the function could not be sent: the caller is not told. */
  readonly onBadResponse: (reason: string) => void;
}

/**
 * Sends the response of a function as a Function URL does, chunk by chunk as it comes. Rejects when the function fails
 * after the first byte, or when the caller hangs up; the connection is then broken off.
 */
export async function sendResponse(
  response: InvocationResponse,
  http: ServerResponse,
  options: ResponseOptions,
): Promise<void> {
  try {
    const body = await sendHead(response, http, options).catch((reason: unknown) => {
      // That the function failed is in its own log.
      if (!(reason instanceof InvocationError)) options.onBadResponse(reasonOf(reason));
      return undefined;
    });
    if (body === undefined) {
      http.writeHead(502, { 'content-type': 'text/plain' }).end('Internal Server Error');
    } else if (Buffer.isBuffer(body)) {
      http.end(body);
    } else {
      // Alone, headers would go out as UTF-8; before bytes they do as Latin-1, as those of a request come in.
      http.write(Buffer.alloc(0));
      http.flushHeaders();
      await pipeline(body, http);
    }
  } finally {
    // Nobody reads on: the function must not wait for somebody who does.
    response.body.destroy();
  }
}

export function sendJson(http: ServerResponse, status: number, body: object): void {
  http.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Resolves to the body that is to follow, or to undefined when the function failed. */
async function sendHead(
  response: InvocationResponse,
  http: ServerResponse,
  options: ResponseOptions,
): Promise<HttpContent['body'] | undefined> {
  const content = await readHttpContent(response, options);
  if (!content) return undefined;
  const { headers } = content.metadata;
  const twice = Object.keys(headers).filter((name) => name.startsWith('access-control-') && http.hasHeader(name));
  if (twice.length > 0) options.onSurprise(saidTwice(twice));
  setHead(http, content.metadata);
  return content.body;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors */
const saidTwice = (names: readonly string[]): string =>
  `sent ${names.join(', ')} twice, by its Cors and by the function. As on AWS both are sent, and browsers refuse ` +
  'the answer: leave it to one of the two.';

/** What belongs to the connection, not to the response, is the server's to say. */
const ofTheConnection = new Set(['keep-alive', 'proxy-authenticate', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** What AWS says itself: the function's own value comes under another name. */
const remapped = new Set([
  'connection',
  'content-length',
  'date',
  'server',
  'www-authenticate',
  'x-amzn-requestid',
  'x-amzn-trace-id',
]);

/** Adds to the headers that are set already. Throws, with nothing set, when a name or a value cannot be sent in HTTP. */
function setHead(http: ServerResponse, { statusCode, headers, cookies }: ResponseMetadata): void {
  const lines = [
    ...Object.entries(headers)
      .filter(([name]) => !ofTheConnection.has(name))
      .map(([name, value]) => ({ name: remapped.has(name) ? `x-amzn-remapped-${name}` : name, value })),
    ...cookies.map((value) => ({ name: 'set-cookie', value })),
  ];
  for (const { name, value } of lines) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  for (const { name, value } of lines) http.appendHeader(name, value);
  http.statusCode = statusCode;
}
