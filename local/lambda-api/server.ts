import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { EnvironmentPool } from '../environment/pool';
import type { ExchangeObserver } from '../http/observed-exchange';
import type { ObservedResponse } from '../http/observed-response';
import { isFromForeignPage, refuse, startGuardedServer, type GuardedServerOptions } from '../http/guarded-server';
import { parseRequestTarget } from '../http/server';
import { LambdaApiError, serviceFailure, unknownOperation } from './errors';
import { sendRecord, type DestinationOptions } from './event-queue/destinations';
import type { QueuedEventState } from './event-queue/queued-event';
import { EventQueue, type EventQueueOptions } from './event-queue/queue';
import { findFunction } from './function-name';
import { answerInvoke } from './invoke';
import { answerInvokeWithResponseStream } from './invoke-with-response-stream';

export interface LambdaApiOptions extends GuardedServerOptions {
  /** How events are tried again: after one minute and after two by default, as on AWS. */
  readonly events?: EventQueueOptions | undefined;
  /** Names of functions that failed to be read or built. */
  readonly cannotRun?: readonly string[] | undefined;
  /** Where the records of events are left whose destination is not here; `.local-lambda/event-records` by default. */
  readonly recordFolder?: string | undefined;
  /** Hears of attempts that have failed, of events that are given up or lost, and of records that are left there. */
  readonly onNotice?: ((message: string) => void) | undefined;
  readonly onExchange?: ExchangeObserver | undefined;
}

export interface LambdaApi {
  /** `http://127.0.0.1:3001`, to be given to a client as its endpoint. */
  readonly url: string;
  /** The events that have been accepted and not yet been processed, the oldest first. */
  readonly queuedEvents: () => QueuedEventState[];
  /** Says how many events are lost with it. */
  close(): Promise<void>;
}

/** Serves the part of the Lambda API that invokes functions, at the port of `sam local start-lambda`. */
export async function startLambdaApi(
  pools: readonly EnvironmentPool[],
  { events = {}, recordFolder, cannotRun, onNotice = () => undefined, onExchange, ...options }: LambdaApiOptions,
): Promise<LambdaApi> {
  const folder = recordFolder ?? path.resolve('.local-lambda/event-records');
  const queue = new EventQueue(events, {
    send: (record, to) => sendRecord(record, to, { pools, accept, folder, onNotice }),
    onNotice,
  });
  const accept: DestinationOptions['accept'] = (pool, invocation) => {
    // It rejects when everything ends.
    queue.accept(pool, invocation).catch(() => undefined);
  };
  const server = await startGuardedServer((request, http) => {
    answer({ pools, cannotRun, queue, onExchange }, request, http).catch((error: unknown) => {
      sendError(error, http);
    });
  }, options);
  const close = async (): Promise<void> => {
    const lost = queue.close();
    if (lost > 0) onNotice(`Lost with the queue: ${lost} ${lost === 1 ? 'event' : 'events'} that still waited in it.`);
    await server.close();
  };
  return { url: server.origin, queuedEvents: () => queue.events, close };
}

const operations = [
  { path: /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/, answer: answerInvoke },
  {
    path: /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations\/?$/,
    answer: answerInvokeWithResponseStream,
  },
] as const;

interface ServedFunctions {
  readonly pools: readonly EnvironmentPool[];
  readonly cannotRun: readonly string[] | undefined;
  readonly queue: EventQueue;
  readonly onExchange: ExchangeObserver | undefined;
}

async function answer(
  { pools, cannotRun, queue, onExchange }: ServedFunctions,
  request: IncomingMessage,
  http: ObservedResponse,
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
  const invoked = findFunction(pools, name, new URLSearchParams(query).get('Qualifier'), cannotRun);
  const functionName = invoked.pool.definition.name;
  const onBody = (body: Buffer | undefined): void => {
    onExchange?.({ requestId, functionName, door: 'Lambda API', request, body, response: http });
  };
  await operation.answer({ ...invoked, requestId, http: request, onBody }, http, queue);
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
