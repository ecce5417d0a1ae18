import { request, type IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { readBody } from '../../http/server';
import { reasonOf } from '../../user-error';
import type { WatchedLambda } from '../watched-lambda';
import type { EventToSend } from '../state';
import { urlRequest, type PlainRequest } from './url-request';

const MAX_BYTES = 8 * 1_048_576;

const Event = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ functionName: v.string(), by: v.picklist(['url', 'api', 'event']), payload: v.string() }),
);

/** Undefined for what is no event to be sent. */
export async function readEvent(http: IncomingMessage): Promise<EventToSend | undefined> {
  const body = await readBody(http, MAX_BYTES);
  const parsed = v.safeParse(Event, body?.toString());
  return parsed.success ? parsed.output : undefined;
}

/**
 * Sends an event as any client would, over HTTP, and waits for no answer: that is seen on the page. Returns what is
 * wrong with it, if anything is.
 */
export function send({ functionName, by, payload }: EventToSend, lambda: WatchedLambda): string | undefined {
  const target = lambda.pools.find(({ definition }) => definition.name === functionName);
  if (!target) return `Expected a function of the template, received ${functionName}`;
  const url = lambda.functionUrls.find((served) => served.functionName === functionName)?.url;
  if (by === 'url' && url === undefined) return `${functionName} has no Function URL`;
  try {
    if (url !== undefined && by === 'url') deliver(url, urlRequest(payload));
    else deliver(lambda.apiUrl, apiRequest({ functionName, by, payload }));
    return undefined;
  } catch (error) {
    return `This cannot be sent: ${reasonOf(error)}`;
  }
}

function apiRequest({ functionName, by, payload }: EventToSend): PlainRequest {
  const target = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const type = by === 'event' ? 'Event' : 'RequestResponse';
  return { method: 'POST', target, headers: { 'x-amz-invocation-type': type }, body: Buffer.from(payload) };
}

/**
 * Sends it as it is, follows no redirect, and waits for as long as the function takes. The answer is read to the end and
 * thrown away, so that the function does not wait for a reader. Throws where a header cannot be sent.
 */
function deliver(address: string, { method, target, headers, body }: PlainRequest): void {
  const length = body.length > 0 ? { 'content-length': body.length } : {};
  // A connection of its own: none that the server is about to close.
  const sent = request(address, { method, path: target, headers: { ...headers, ...length }, agent: false });
  sent.on('response', (response) => response.on('error', ignore).resume());
  sent.on('error', ignore).end(body);
}

/** It was broken off: the page shows that, too. */
const ignore = (): void => undefined;
