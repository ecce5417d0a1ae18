import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EnvironmentPool } from '../environment/pool';
import { isFromForeignPage, refuse, startFrontServer, type FrontServerOptions } from '../http/front-server';
import { parseRequestTarget } from '../http/server';
import { LambdaApiError, serviceFailure, unknownOperation } from './errors';
import { EventQueue, type EventQueueOptions } from './event-queue';
import { findFunction } from './function-name';
import { answerInvoke } from './invoke';
import { answerInvokeWithResponseStream } from './invoke-with-response-stream';

export interface LambdaApiOptions extends FrontServerOptions {
  /** How events are tried again: after one minute and after two by default, as on AWS. */
  readonly events?: EventQueueOptions | undefined;
}

export interface LambdaApi {
  /** `http://127.0.0.1:3001`, to be given to a client as its endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the part of the Lambda API that invokes functions, at the port of `sam local start-lambda`. */
export async function startLambdaApi(
  pools: readonly EnvironmentPool[],
  { events = {}, ...options }: LambdaApiOptions,
): Promise<LambdaApi> {
  const queue = new EventQueue(events);
  const server = await startFrontServer((request, http) => {
    answer(pools, request, http, queue).catch((error: unknown) => {
      sendError(error, http);
    });
  }, options);
  const close = async (): Promise<void> => {
    queue.close();
    await server.close();
  };
  return { url: server.origin, close };
}

const operations = [
  { path: /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/, answer: answerInvoke },
  {
    path: /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations\/?$/,
    answer: answerInvokeWithResponseStream,
  },
] as const;

async function answer(
  pools: readonly EnvironmentPool[],
  request: IncomingMessage,
  http: ServerResponse,
  queue: EventQueue,
): Promise<void> {
  if (isFromForeignPage(request)) {
    refuse(http, 'Expected a request that no web page of another origin has made');
    return;
  }
  const requestId = randomUUID();
  http.setHeader('x-amzn-requestid', requestId);
  const { path, query } = parseRequestTarget(request.url ?? '/');
  const operation = request.method === 'POST' ? operations.find((candidate) => candidate.path.test(path)) : undefined;
  const name = operation?.path.exec(path)?.[1];
  if (!operation || name === undefined) throw unknownOperation(`${String(request.method)} ${path}`);
  const invoked = findFunction(pools, name, new URLSearchParams(query).get('Qualifier'));
  await operation.answer({ ...invoked, requestId, http: request }, http, queue);
}

function sendError(error: unknown, http: ServerResponse): void {
  if (http.headersSent) {
    // An answer that cannot be ended as it should is broken off.
    if (!http.writableEnded) http.destroy();
    return;
  }
  const { status, errorType, body } = error instanceof LambdaApiError ? error : serviceFailure();
  http.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': errorType });
  http.end(JSON.stringify(body));
}
