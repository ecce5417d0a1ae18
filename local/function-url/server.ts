import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newTraceId } from '../environment/invocation';
import { TooManyRequestsError, type EnvironmentPool } from '../environment/pool';
import type { Credentials } from '../http/aws-signature';
import type { ExchangeObserver } from '../http/observed-exchange';
import type { ObservedResponse } from '../http/observed-response';
import { startGuardedServer, type GuardedServerOptions } from '../http/guarded-server';
import { headerOf, readBody } from '../http/server';
import type { FunctionUrlDefinition } from '../template/definition';
import { answerPreflight, corsHeaders, isFromUnknownPage } from './cors';
import { functionUrlEvent } from './event';
import { sendJson, sendResponse } from './response';
import { verifySignature } from './signature';
import { SignatureError, unsignedPage } from './signature-error';

export interface FunctionUrlOptions extends GuardedServerOptions {
  /**
   * Where AuthType is AWS_IAM, only requests that were signed with these are let in; without them all but those of foreign
   * web pages.
   */
  readonly auth?: Credentials | undefined;
  readonly onWarning?: ((message: string) => void) | undefined;
  readonly onExchange?: ExchangeObserver | undefined;
}

export interface FunctionUrl {
  /** `http://127.0.0.1:3000/` */
  readonly url: string;
  /** From now on it calls this function. */
  readonly connect: (target: FunctionUrlTarget) => void;
  close(): Promise<void>;
}

const MAX_REQUEST_BYTES = 6 * 1_048_576;

/** What a Function URL calls. */
export interface FunctionUrlTarget {
  readonly pool: EnvironmentPool;
  readonly definition: FunctionUrlDefinition;
}

/**
 * Serves a Function URL: any method, any path. It listens at once, since functions may be told its address, and its
 * callers wait for what it calls. They receive a 502 where that is undefined: the function cannot run.
 */
export async function startFunctionUrl(
  target: FunctionUrlTarget | Promise<FunctionUrlTarget | undefined>,
  { auth, onWarning = () => undefined, onExchange, ...options }: FunctionUrlOptions,
): Promise<FunctionUrl> {
  const contextOf = async (called: typeof target): Promise<UrlContext | undefined> => {
    const known = await called;
    return known && urlContext(known, { auth, onWarning, onExchange });
  };
  let context = contextOf(target);
  const server = await startGuardedServer((request, http) => {
    answerWhenReady(context, request, http).catch(() => http.destroy());
  }, options);
  return {
    url: `${server.origin}/`,
    connect: (called) => {
      context = contextOf(called);
    },
    close: () => server.close(),
  };
}

async function answerWhenReady(
  context: Promise<UrlContext | undefined>,
  request: IncomingMessage,
  http: ObservedResponse,
): Promise<void> {
  const called = await context;
  if (called) await answer(called, request, http);
  else sendJson(http, 502, { message: 'This function cannot run. The log of the local Lambda says why.' });
}

function urlContext(
  target: FunctionUrlTarget,
  { auth, onWarning, onExchange }: Pick<FunctionUrlOptions, 'auth' | 'onWarning' | 'onExchange'>,
): UrlContext {
  const warn = (what: string): void => {
    onWarning?.(`The Function URL of ${target.pool.definition.name} ${what}`);
  };
  return { ...target, auth, onExchange, warn, warnOnce: once(warn) };
}

interface UrlContext extends FunctionUrlTarget {
  readonly onExchange: ExchangeObserver | undefined;
  readonly auth: Credentials | undefined;
  readonly warn: (what: string) => void;
  /** Passes the same warning on only once. */
  readonly warnOnce: (what: string) => void;
}

function once(warn: (what: string) => void): (what: string) => void {
  const told = new Set<string>();
  return (what) => {
    if (!told.has(what)) warn(what);
    told.add(what);
  };
}

/** Rejects when there is nobody left to answer to, or no right answer any more: the connection is then broken off. */
async function answer(context: UrlContext, request: IncomingMessage, http: ObservedResponse): Promise<void> {
  const { cors } = context.definition;
  if (cors && answerPreflight(cors, request, http)) return;
  const requestId = randomUUID();
  const traceId = traceIdOf(request);
  http.setHeader('x-amzn-requestid', requestId);
  http.setHeader('x-amzn-trace-id', traceId);
  for (const [name, value] of cors ? corsHeaders(cors, request.headers.origin) : []) http.setHeader(name, value);
  try {
    await invoke(request, http, { requestId, traceId, ...context });
  } catch (error) {
    sendRefusal(error, http);
  }
}

async function invoke(
  request: IncomingMessage,
  http: ObservedResponse,
  context: UrlContext & { requestId: string; traceId: string },
): Promise<void> {
  const { pool, definition, auth, warn, warnOnce, requestId, traceId } = context;
  const { qualifier, authType, invokeMode } = definition;
  const body = await readBody(request, MAX_REQUEST_BYTES);
  const functionName = pool.definition.name;
  context.onExchange?.({ requestId, functionName, door: 'Function URL', request, body, response: http });
  if (!body) throw new RequestTooLargeError();
  const credentials = authType === 'AWS_IAM' ? auth : undefined;
  if (credentials) await verifySignature(request, body, credentials);
  else if (authType === 'AWS_IAM' && isFromUnknownPage(definition.cors, request)) throw unsignedPage();
  const event = functionUrlEvent(request, { body, requestId, traceId, accessKey: credentials?.accessKeyId });
  const payload = Buffer.from(JSON.stringify(event));
  // Base64 makes a body a third longer, and it is the event that Lambda limits.
  if (payload.length > MAX_REQUEST_BYTES) throw new RequestTooLargeError();
  const response = await pool.invoke({ payload, requestId, traceId, ...(qualifier !== undefined && { qualifier }) });
  await sendResponse(response, http, {
    invokeMode,
    onBadResponse: (reason) => {
      warn(`answered 502 to ${requestId}: ${reason}`);
    },
    onSurprise: warnOnce,
  });
}

/** The caller's own, where it sends one. */
function traceIdOf(request: IncomingMessage): string {
  const created = newTraceId();
  const root = /(?:^|;)\s*(Root=1-[\da-f]{8}-[\da-f]{24})/i.exec(headerOf(request, 'x-amzn-trace-id') ?? '')?.[1];
  return root === undefined ? created : created.replace(/Root=[^;]+/, root);
}

class RequestTooLargeError extends Error {
  override readonly name = 'RequestTooLargeError';
}

function sendRefusal(error: unknown, http: ServerResponse): void {
  if (error instanceof RequestTooLargeError) {
    sendJson(http, 413, { message: `Request must be smaller than ${MAX_REQUEST_BYTES} bytes` });
  } else if (error instanceof SignatureError) {
    http.setHeader('x-amzn-errortype', error.errorType);
    sendJson(http, 403, error.body);
  } else if (error instanceof TooManyRequestsError) {
    http.setHeader('x-amzn-errortype', 'TooManyRequestsException');
    sendJson(http, 429, { Reason: 'ConcurrentInvocationLimitExceeded', Type: 'User', message: 'Rate Exceeded.' });
  } else {
    throw error;
  }
}
