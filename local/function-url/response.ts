import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { InvocationError } from '../environment/invocation-error';
import type { InvocationResponse } from '../environment/pool';
import type { FunctionUrlDefinition } from '../template/definition';
import { reasonOf } from '../user-error';
import { readHttpContent, type HttpContent } from './http-content';
import { setHead } from './response-head';

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
