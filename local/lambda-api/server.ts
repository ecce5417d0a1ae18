import type { IncomingMessage, ServerResponse } from 'node:http';
import { functionArn } from '../environment/delivered-invocation';
import type { EnvironmentPool } from '../environment/pool';
import { startHttpServer } from '../http-server';
import { functionNotFound, LambdaApiError, unknownOperation } from './errors';
import { answerInvoke } from './invoke';
import { answerInvokeWithResponseStream } from './invoke-with-response-stream';

export interface LambdaApi {
  /** `http://127.0.0.1:3001`, to be given to a client as its endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the part of the Lambda API that invokes functions, at the port of `sam local start-lambda`. */
export async function startLambdaApi(
  pools: readonly EnvironmentPool[],
  { host, port }: { host: string; port: number },
): Promise<LambdaApi> {
  const server = await startHttpServer(
    (request, http) => {
      answer(pools, request, http).catch((error: unknown) => {
        sendError(error, http);
      });
    },
    { host, port },
  );
  return { url: server.origin, close: () => server.close() };
}

const operations = [
  { path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, answer: answerInvoke },
  {
    path: /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations$/,
    answer: answerInvokeWithResponseStream,
  },
] as const;

async function answer(
  pools: readonly EnvironmentPool[],
  request: IncomingMessage,
  http: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(`http://localhost${request.url ?? '/'}`);
  const operation = request.method === 'POST' ? operations.find(({ path }) => path.test(pathname)) : undefined;
  const name = operation?.path.exec(pathname)?.[1];
  if (!operation || name === undefined) throw unknownOperation(`${String(request.method)} ${pathname}`);
  const pool = findFunction(pools, decodeURIComponent(name), searchParams.get('Qualifier'));
  await operation.answer(pool, request, http);
}

/** A name, a partial ARN (`123456789012:function:name`) or a whole one, each with or without a qualifier. */
const functionName = /^(?:arn:[\w-]+:lambda:[\w-]+:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::(\$LATEST|[\w-]+))?$/;

function findFunction(pools: readonly EnvironmentPool[], asked: string, qualifier: string | null): EnvironmentPool {
  const [, name = asked, version = qualifier ?? '$LATEST'] = functionName.exec(asked) ?? [];
  const pool = pools.find(({ definition }) => definition.name === name || definition.logicalId === name);
  if (pool && version === '$LATEST') return pool;
  const region = pools[0]?.region ?? 'us-east-1';
  throw functionNotFound(functionArn(region, name) + (version === '$LATEST' ? '' : `:${version}`));
}

function sendError(error: unknown, http: ServerResponse): void {
  // The answer has begun, or there is none to give: break the connection off.
  if (http.headersSent || !(error instanceof LambdaApiError)) {
    http.destroy();
    return;
  }
  http.writeHead(error.status, { 'content-type': 'application/json', 'x-amzn-errortype': error.errorType });
  http.end(error.body);
}
