import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { InvocationError } from '../environment/invocation-error';
import type { EnvironmentPool, Invocation, InvocationResponse } from '../environment/pool';
import { invokeComplete, payloadChunk } from './event-stream-encoding';
import { choiceOf, payloadLimits, readInvocation, wantsLog, type InvocationRequest } from './invocation-request';
import { invoke } from './invoke';
import { LogTail } from './log-tail';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
export async function answerInvokeWithResponseStream(request: InvocationRequest, http: ServerResponse): Promise<void> {
  const { pool, requestId } = request;
  const type = choiceOf(request.http, 'x-amz-invocation-type', {
    field: 'invocationType',
    values: ['RequestResponse', 'DryRun'],
  });
  const withLog = wantsLog(request.http);
  const invocation = await readInvocation(request, payloadLimits[type]);
  if (type === 'DryRun') {
    http.writeHead(204).end();
    return;
  }
  const tail = withLog ? new LogTail(pool, requestId) : undefined;
  try {
    await sendStream(pool, invocation, http, tail);
  } finally {
    tail?.close();
  }
}

async function sendStream(
  pool: EnvironmentPool,
  invocation: Invocation,
  http: ServerResponse,
  tail: LogTail | undefined,
): Promise<void> {
  const response = await invoke(pool, invocation);
  http.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amz-executed-version': '$LATEST',
  });
  http.flushHeaders();
  try {
    await pipeline(events(response, tail), http);
  } finally {
    // A client that hung up reads no more: the function must not wait for it.
    response.body.destroy();
  }
}

/** A PayloadChunk for each chunk as it comes, then InvokeComplete, which says whether the function failed. */
async function* events(
  { error, body, ended }: InvocationResponse,
  tail: LogTail | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failure = error;
  try {
    for await (const chunk of body) {
      if (Buffer.isBuffer(chunk)) yield payloadChunk(chunk);
    }
  } catch (reason) {
    if (!(reason instanceof InvocationError)) throw reason;
    failure = reason.payload;
  }
  // The log is complete when the invocation is over.
  if (tail) await ended;
  yield invokeComplete({ error: failure, logResult: tail?.base64 });
}
