import type { ServerResponse } from 'node:http';
import { TooManyRequestsError } from '../environment/pool';
import type { EnvironmentPool, Invocation, InvocationResponse } from '../environment/pool';
import { readPayload } from '../environment/response-payload';
import { recursiveInvocation, tooManyRequests } from './errors';
import type { EventQueue } from './event-queue/queue';
import { choiceOf, payloadLimits, readInvocation, wantsLog, type InvocationRequest } from './invocation-request';
import { nextTrace } from './loop-detection';
import { LogTail } from './log-tail';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function answerInvoke(request: InvocationRequest, http: ServerResponse, queue: EventQueue): Promise<void> {
  const { pool } = request;
  const type = choiceOf(request.http, 'x-amz-invocation-type', {
    field: 'invocationType',
    values: ['RequestResponse', 'Event', 'DryRun'],
  });
  const withLog = wantsLog(request.http);
  const invocation = await readInvocation(request, payloadLimits[type]);
  if (type === 'DryRun') {
    http.writeHead(204).end();
  } else if (type === 'Event') {
    http.writeHead(202, { 'content-length': 0 }).end();
    await queue.accept(pool, invocation);
  } else if (withLog) {
    await answerWithLog(pool, invocation, http, request.requestId);
  } else {
    await sendPayload(await invoke(pool, invocation), http);
  }
}

/** As an SDK knows the failures. */
export async function invoke(pool: EnvironmentPool, invocation: Invocation): Promise<InvocationResponse> {
  const { traceId, isLoop } = nextTrace(invocation.traceId, pool.definition);
  if (isLoop) throw recursiveInvocation();
  try {
    return await pool.invoke({ ...invocation, traceId });
  } catch (error) {
    throw error instanceof TooManyRequestsError ? tooManyRequests() : error;
  }
}

/** The log is complete when the invocation is over, so that is what the client waits for. */
async function answerWithLog(
  pool: EnvironmentPool,
  invocation: Invocation,
  http: ServerResponse,
  requestId: string,
): Promise<void> {
  const tail = new LogTail(pool, requestId);
  try {
    const response = await invoke(pool, invocation);
    await sendPayload(response, http, async () => {
      await response.ended;
      return { 'x-amz-log-result': tail.base64 };
    });
  } finally {
    tail.close();
  }
}

/** Sends the response once it is complete, which is before the invocation is over. */
async function sendPayload(
  response: InvocationResponse,
  http: ServerResponse,
  moreHeaders: () => Promise<Record<string, string>> = () => Promise.resolve({}),
): Promise<void> {
  const answer = await readPayload(response);
  const content = 'error' in answer ? Buffer.from(JSON.stringify(answer.error)) : answer.payload;
  http.writeHead(200, {
    'content-type': 'application/json',
    'content-length': content.length,
    'x-amz-executed-version': '$LATEST',
    ...('error' in answer ? { 'x-amz-function-error': 'Unhandled' } : {}),
    ...(await moreHeaders()),
  });
  http.end(content);
}
