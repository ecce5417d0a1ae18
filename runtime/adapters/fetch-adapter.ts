import type { APIGatewayProxyEvent, LambdaFunctionURLEvent } from 'aws-lambda';
import type { LambdaContext } from '../context';
import { typeName } from '../errors';
import { property } from '../request/read-property';
import type { InvocationRequest } from '../request/invocation-request';
import { webRequest } from '../request/web-request';
import type { ResponseStream } from '../response/response-stream';
import { sendWebResponse } from '../response/web-response';
import type { LambdaAdapter } from './adapter';
import { assertHttp } from './expected-event';

/** A web-standard app, as Hono, h3, itty-router and others make it, or a function of its own. */
export type FetchApp = FetchHandler | { readonly fetch: FetchHandler };

export type FetchHandler = (
  request: FetchRequest,
  env: FetchBindings,
  executionCtx: FetchExecutionContext,
) => Response | PromiseLike<Response>;

/**
 * Its `signal` is that of the LambdaContext, and so is that of its clones and of `new Request(url, request)`. To `fetch(request)`
 * and `new Request(request)` give it besides, `{ signal: request.signal }`: they read a field inside of the Request that nobody
 * else can set.
 */
export interface FetchRequest extends Request {
  /** That of the LambdaContext, where srvx and h3 look for it. */
  readonly waitUntil: LambdaContext['waitUntil'];
  clone(): FetchRequest;
}

/** The `env` of an app; with Hono `new Hono<{ Bindings: FetchBindings }>()` and `c.env`. */
export interface FetchBindings {
  /** As it came. */
  readonly event: LambdaFunctionURLEvent | APIGatewayProxyEvent;
  readonly requestContext: FetchBindings['event']['requestContext'];
  readonly lambdaContext: LambdaContext;
  /** The same: Hono's `handle` and its `streamHandle` have different names for it. */
  readonly context: LambdaContext;
}

/** As on Cloudflare; with Hono `c.executionCtx`. None of it needs `this`. */
export interface FetchExecutionContext {
  readonly waitUntil: LambdaContext['waitUntil'];
  /** Does nothing: there is no other server that the request could go on to. */
  readonly passThroughOnException: () => void;
  readonly props: Readonly<Record<string, never>>;
}

/**
 * Runs a web-standard app. The body of its Response is sent as it comes, as fast as the caller reads, and the tasks start
 * when it has ended. An event that is no HTTP request never reaches the app: `handle` rejects with an UnsupportedEventError.
 */
export class LambdaFetchAdapter implements LambdaAdapter {
  readonly #fetch: FetchHandler;

  /** Throws a TypeError when `app` is neither a function nor an object with `fetch`. */
  constructor(app: FetchApp) {
    this.#fetch = fetchOf(app);
    // Node.js loads its implementation with the first look at it: now, while Lambda initializes the function.
    property(globalThis, 'Request');
  }

  async handle(request: InvocationRequest, response: ResponseStream, context: LambdaContext): Promise<void> {
    assertHttp(request);
    const { waitUntil, signal } = context;
    const { event } = request;
    const answer = await this.#fetch(
      webRequest(request, { signal, waitUntil }),
      { event, requestContext: event.requestContext, lambdaContext: context, context },
      { waitUntil, passThroughOnException, props: {} },
    );
    await sendWebResponse(response, answer);
  }
}

function fetchOf(app: FetchApp): FetchHandler {
  if (typeof app === 'function') return app;
  if (typeof property(app, 'fetch') === 'function') return (...args) => app.fetch(...args);
  throw new TypeError(`Expected a function or an object with fetch, received ${typeName(app)}`);
}

function passThroughOnException(): void {
  // See FetchExecutionContext.
}
