import { type IncomingMessage, METHODS } from 'node:http';
import * as v from 'valibot';
import { readBody } from '../../http/server';
import { reasonOf } from '../../user-error';
import type { WatchedLambda } from '../watched-lambda';
import type { EventToSend } from '../state';

const MAX_BYTES = 8 * 1_048_576;

const Event = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ functionName: v.string(), by: v.picklist(['url', 'api', 'event']), payload: v.string() }),
);

/** Undefined for what is no event to be sent. */
export async function readEvent(request: IncomingMessage): Promise<EventToSend | undefined> {
  const body = await readBody(request, MAX_BYTES);
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
    if (url !== undefined && by === 'url') post(urlRequest(payload, url));
    else post(apiRequest({ functionName, by, payload }, lambda.apiUrl));
    return undefined;
  } catch (error) {
    return `This cannot be sent: ${reasonOf(error)}`;
  }
}

/** Its answer is read to the end and thrown away, so that the function does not wait for a reader. */
function post(request: Request): void {
  fetch(request)
    .then((response) => response.arrayBuffer())
    // It was broken off: the page shows that, too.
    .catch(() => undefined);
}

function apiRequest({ functionName, by, payload }: EventToSend, apiUrl: string): Request {
  const url = new URL(`/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`, apiUrl);
  const type = by === 'event' ? 'Event' : 'RequestResponse';
  return new Request(url, { method: 'POST', body: payload, headers: { 'x-amz-invocation-type': type } });
}

/**
 * A text is the body of a POST. An event of a Function URL becomes the request that it tells of; throws where there is none
 * such.
 */
function urlRequest(payload: string, address: string): Request {
  const parsed = v.safeParse(UrlEvent, payload);
  if (!parsed.success) {
    return new Request(address, { method: 'POST', body: payload, headers: { 'content-type': 'application/json' } });
  }
  const { requestContext, rawPath, rawQueryString, headers, body, isBase64Encoded } = parsed.output;
  const { method } = requestContext.http;
  // What the server does not know it would refuse, and nobody would hear of it.
  if (!METHODS.includes(method)) throw new Error(`expected a method of HTTP, in capitals, received ${method}`);
  const url = new URL(address);
  url.pathname = rawPath;
  url.search = rawQueryString;
  const kept = Object.entries(headers).filter(([name]) => !isOfTheConnection(name.toLowerCase()));
  const content = body === undefined ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const hasBody = content !== undefined && method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers: kept, ...(hasBody && { body: new Uint8Array(content) }) });
}

const UrlEvent = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    version: v.literal('2.0'),
    requestContext: v.object({ http: v.object({ method: v.string() }) }),
    rawPath: v.string(),
    rawQueryString: v.string(),
    headers: v.record(v.string(), v.string()),
    body: v.optional(v.string()),
    isBase64Encoded: v.optional(v.boolean(), false),
  }),
);

const isOfTheConnection = (name: string): boolean =>
  ['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive', 'te', 'expect'].includes(
    name,
  ) || name.startsWith('x-forwarded-');
