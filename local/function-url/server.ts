import type { IncomingMessage, ServerResponse } from 'node:http';
import { TooManyRequestsError, type EnvironmentPool } from '../environment/pool';
import { readBody, startHttpServer } from '../http-server';
import { functionUrlEvent } from './event';
import { sendJson, sendResponse } from './response';

export interface FunctionUrl {
  /** `http://127.0.0.1:3000/` */
  readonly url: string;
  close(): Promise<void>;
}

const MAX_REQUEST_BYTES = 6 * 1_048_576;

/** Serves the Function URL of one function: any method, any path. */
export async function startFunctionUrl(
  pool: EnvironmentPool,
  { host, port }: { host: string; port: number },
): Promise<FunctionUrl> {
  const server = await startHttpServer(
    (request, http) => {
      answer(pool, request, http).catch(() => http.destroy());
    },
    { host, port },
  );
  return { url: `${server.origin}/`, close: () => server.close() };
}

/** Rejects when there is nobody left to answer to, or no right answer any more: the connection is then broken off. */
async function answer(pool: EnvironmentPool, request: IncomingMessage, http: ServerResponse): Promise<void> {
  const body = await readBody(request, MAX_REQUEST_BYTES);
  if (!body) {
    sendJson(http, 413, { message: `Request must be smaller than ${MAX_REQUEST_BYTES} bytes` });
    return;
  }
  const payload = Buffer.from(JSON.stringify(functionUrlEvent(request, body)));
  try {
    const response = await pool.invoke({ payload });
    await sendResponse(response, http);
  } catch (error) {
    if (!(error instanceof TooManyRequestsError)) throw error;
    sendJson(http, 429, { Reason: 'ConcurrentInvocationLimitExceeded', Type: 'User', message: 'Rate Exceeded.' });
  }
}
