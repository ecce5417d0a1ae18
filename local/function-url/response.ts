import { validateHeaderName, validateHeaderValue, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { InvocationError } from '../environment/invocation-error';
import type { InvocationResponse } from '../environment/pool';
import type { FunctionUrlDefinition } from '../template/definition';
import { reasonOf } from '../user-error';
import { readHttpContent, type HttpContent } from './http-content';
import type { ResponseMetadata } from './prelude';

export interface ResponseOptions {
  readonly invokeMode: FunctionUrlDefinition['invokeMode'];
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
  { invokeMode, onBadResponse }: ResponseOptions,
): Promise<void> {
  try {
    const body = await sendHead(response, http, invokeMode).catch((reason: unknown) => {
      // That the function failed is in its own log.
      if (!(reason instanceof InvocationError)) onBadResponse(reasonOf(reason));
      return undefined;
    });
    if (body === undefined) {
      sendJson(http, 502, { message: 'Internal Server Error' });
    } else if (Buffer.isBuffer(body)) {
      http.end(body);
    } else {
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
  invokeMode: ResponseOptions['invokeMode'],
): Promise<HttpContent['body'] | undefined> {
  const content = await readHttpContent(response, invokeMode);
  if (!content) return undefined;
  setHead(http, content.metadata);
  return content.body;
}

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

/** The Cors of the Function URL goes before what the function says. */
const isSaidByCors = (http: ServerResponse, name: string): boolean =>
  name.startsWith('access-control-') && http.hasHeader(name);

/** Adds to the headers that are set already. Throws, with nothing set, when a name or a value cannot be sent in HTTP. */
function setHead(http: ServerResponse, { statusCode, headers, cookies }: ResponseMetadata): void {
  const lines = [
    ...Object.entries(headers)
      .filter(([name]) => !ofTheConnection.has(name) && !isSaidByCors(http, name))
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
