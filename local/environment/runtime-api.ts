import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { headerOf, startHttpServer, type HttpServer } from '../http/server';
import type { DeliveredInvocation } from './invocation';
import { parseInvocationError, type InvocationErrorPayload } from './invocation-error';
import type { PendingResponse } from './response';

/** What a Runtime API asks, and tells, on behalf of its runtime. */
export interface RuntimeApiHost {
  /** None where the runtime is at no such invocation. */
  responseTo(requestId: string): PendingResponse | undefined;
  readonly isInitialized: boolean;
  /** The runtime asks for work: it is initialized, or done with its current invocation. Resolves when there is work. */
  next(logMark: number | undefined): Promise<DeliveredInvocation>;
  initFailed(error: InvocationErrorPayload): void;
}

/**
 * The Runtime API of one execution environment. Its own runtime client has the token that `next` asks for, and from then
 * on the request id, without which there is no response; so no web page and nobody else's process on this machine has
 * anything to say here. The function, and whatever else runs as you, is kept from taking its client's place by accident, not
 * on purpose: the token is in /proc/self/environ. Without a token, any process may ask.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function startRuntimeApi(host: RuntimeApiHost, token: string | undefined): Promise<HttpServer> {
  return startHttpServer(
    (request, response) => {
      route(host, token, { request, response }).catch(() => response.destroy());
    },
    // A response may stream, and `next` may wait, for as long as they like; errors come in trailers, stack and all.
    { host: '127.0.0.1', port: 0, requestTimeout: 0, keepAliveTimeout: 0, maxHeaderSize: 1_048_576 },
  );
}

const runtime = '/2018-06-01/runtime';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function route(host: RuntimeApiHost, token: string | undefined, { request, response }: Exchange): Promise<void> {
  const { method, url = '' } = request;
  if (!isOwn(request)) {
    refuse({ request, response }, 403, { errorType: 'Forbidden', errorMessage: 'Expected a request of the runtime' });
  } else if (method === 'GET' && url === `${runtime}/invocation/next`) {
    if (headerOf(request, 'local-lambda-token') === token) await next(host, { request, response });
    else refuse({ request, response }, 403, invalidTransition('Running', 'Ready'));
  } else if (method === 'POST' && url === `${runtime}/init/error`) {
    await initError(host, { request, response });
  } else {
    await answer(host, { request, response });
  }
}

/** A web page may reach this port too, under another name or from another origin. */
const isOwn = ({ headers, socket }: IncomingMessage): boolean =>
  headers.host === `127.0.0.1:${String(socket.localPort)}` && headers.origin === undefined;

async function initError(host: RuntimeApiHost, { request, response }: Exchange): Promise<void> {
  if (host.isInitialized) {
    refuse({ request, response }, 403, invalidTransition('Ready', 'InitError'));
    return;
  }
  host.initFailed(await postedError(request));
  reply(response, 202, accepted);
}

async function answer(host: RuntimeApiHost, { request, response }: Exchange): Promise<void> {
  const { method, url = '' } = request;
  const [, requestId, action] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(url) ?? [];
  if (method !== 'POST' || requestId === undefined) {
    refuse({ request, response }, 404, {
      errorType: 'NotFound',
      errorMessage: `Unknown path ${String(method)} ${url}`,
    });
    return;
  }
  const pending = host.responseTo(decodeURIComponent(requestId));
  if (!pending) {
    refuse({ request, response }, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
  } else if (!pending.isWaiting) {
    refuse({ request, response }, 403, invalidTransition('ResponseSent', action === 'error' ? 'Error' : 'Response'));
  } else if (action === 'error') {
    pending.fail(await postedError(request));
    reply(response, 202, accepted);
  } else {
    await pending.respond({
      contentType: request.headers['content-type'],
      streaming: headerOf(request, 'lambda-runtime-function-response-mode') === 'streaming',
      body: request,
      failure: () => failureInTrailers(request),
    });
    reply(response, 202, accepted);
  }
}

async function next(host: RuntimeApiHost, { request, response }: Exchange): Promise<void> {
  const logMark = headerOf(request, 'log-mark');
  const invocation = await host.next(logMark === undefined ? undefined : Number(logMark));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': invocation.payload.length,
    'lambda-runtime-aws-request-id': invocation.requestId,
    'lambda-runtime-deadline-ms': invocation.deadline,
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
    'lambda-runtime-trace-id': invocation.traceId,
    ...(invocation.clientContext ? { 'lambda-runtime-client-context': ascii(invocation.clientContext) } : {}),
  });
  response.end(invocation.payload);
}

const postedError = async (request: IncomingMessage): Promise<InvocationErrorPayload> =>
  parseInvocationError(await text(request), headerOf(request, 'lambda-runtime-function-error-type'));

/** A streaming handler that throws says so at the end of its response, whether or not there was a byte before. */
function failureInTrailers({ trailers }: IncomingMessage): InvocationErrorPayload | undefined {
  const errorType = trailers['lambda-runtime-function-error-type'];
  const errorBody = trailers['lambda-runtime-function-error-body'];
  if (errorType === undefined) return undefined;
  return parseInvocationError(Buffer.from(errorBody ?? '', 'base64').toString(), errorType);
}

const accepted = { status: 'OK' };

const invalidTransition = (from: string, to: string): InvocationErrorPayload => ({
  errorType: 'InvalidStateTransition',
  errorMessage: `Transition from ${from} to ${to} is not allowed`,
});

function refuse({ request, response }: Exchange, status: number, body: object): void {
  request.resume();
  reply(response, status, body);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** JSON may say every character in ASCII, an HTTP header must. */
const ascii = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
