import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromForeignPage, refuse, startGuardedServer } from '../../http/guarded-server';
import { parseRequestTarget } from '../../http/server';
import { reasonOf } from '../../user-error';
import type { WatchedLambda } from '../watched-lambda';
import type { Recorder } from '../recorder/recorder';
import { readAsset } from './assets';
import { Broadcast } from './broadcast';
import { readEvent, send } from './send';

export interface PageServer {
  /** `http://127.0.0.1:3002/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the live page: its files, what it shows as server-sent events, and what its form sends. */
export async function startPageServer(
  recorder: Recorder,
  lambda: WatchedLambda,
  address: { readonly host: string; readonly port: number },
): Promise<PageServer> {
  const broadcast = new Broadcast(recorder, lambda);
  const server = await startGuardedServer((request, http) => {
    secure(http);
    answer({ broadcast, lambda }, request, http).catch((error: unknown) => {
      if (http.headersSent) http.destroy();
      else sendText(http, 500, reasonOf(error));
    });
  }, address);
  const close = async (): Promise<void> => {
    broadcast.close();
    await server.close();
  };
  return { url: `${server.origin}/`, close };
}

/** Nothing of another host is loaded, nothing in the page is run that does not come from here, no page may frame it. */
function secure(http: ServerResponse): void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
  ];
  const rest = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  http.setHeader('content-security-policy', [...policy, ...rest].join('; '));
  http.setHeader('x-content-type-options', 'nosniff');
  http.setHeader('referrer-policy', 'no-referrer');
  http.setHeader('cross-origin-resource-policy', 'same-origin');
  http.setHeader('cache-control', 'no-store');
}

async function answer(
  { broadcast, lambda }: { readonly broadcast: Broadcast; readonly lambda: WatchedLambda },
  request: IncomingMessage,
  http: ServerResponse,
): Promise<void> {
  const { path } = parseRequestTarget(request.url ?? '/');
  if (isFromForeignPage(request)) {
    refuse(http, 'Expected a request that no web page of another origin has made');
  } else if (request.method === 'POST' && path === '/events') {
    await answerSend(lambda, request, http);
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(http, 405, `Expected GET, received ${String(request.method)}`);
  } else if (path === '/state' || path.startsWith('/invocations/')) {
    // Of a stream without an end there is nothing to be told but the stream.
    if (request.method !== 'GET') sendText(http, 405, 'Expected GET, received HEAD');
    else if (path === '/state') await broadcast.addViewer(http);
    else if (!broadcast.addReader(http, path.slice('/invocations/'.length))) http.writeHead(204).end();
  } else {
    const asset = await readAsset(path);
    if (!asset) sendText(http, 404, 'There is nothing here.');
    else http.writeHead(200, { 'content-type': asset.type }).end(asset.content);
  }
}

/** A form of another page can send text, but no JSON: not without asking first, which nobody here says yes to. */
async function answerSend(lambda: WatchedLambda, request: IncomingMessage, http: ServerResponse): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') {
    sendText(http, 415, 'Expected application/json');
    return;
  }
  const event = await readEvent(request);
  if (event === undefined) {
    sendText(http, 400, 'Expected functionName, by (url, api or event) and payload');
    return;
  }
  const problem = send(event, lambda);
  if (problem === undefined) http.writeHead(202).end();
  else sendText(http, 400, problem);
}

function sendText(http: ServerResponse, status: number, text: string): void {
  http.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
