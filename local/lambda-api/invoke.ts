import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { InvocationError, type InvocationErrorPayload } from '../environment/invocation-error';
import { TooManyRequestsError } from '../environment/pool';
import type { EnvironmentPool, Invocation, InvocationResponse } from '../environment/pool';
import { invalidParameter } from './errors';
import { invocationType, invoke, readInvocation } from './invocation-request';

/** How long an event waits before it is tried again when the function has no concurrency left. */
const RETRY_MS = 1_000;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function answerInvoke(
  pool: EnvironmentPool,
  request: IncomingMessage,
  http: ServerResponse,
): Promise<void> {
  const type = invocationType(request, 'x-amz-invocation-type');
  const invocation = await readInvocation(request);
  if (type === 'DryRun') {
    http.writeHead(204).end();
  } else if (type === 'Event') {
    http.writeHead(202).end();
    await deliver(pool, invocation);
  } else if (type === 'RequestResponse') {
    await answerWith(await invoke(pool, invocation), http);
  } else {
    throw invalidParameter(`Expected InvocationType RequestResponse, Event or DryRun, got ${type}`);
  }
}

/** Sends the response once it is complete, which is before the invocation is over. */
async function answerWith(response: InvocationResponse, http: ServerResponse): Promise<void> {
  const { error, content } = await readResponse(response);
  http.writeHead(200, {
    'content-type': 'application/json',
    'content-length': content.length,
    'x-amz-executed-version': '$LATEST',
    'x-amzn-requestid': response.requestId,
    ...(error ? { 'x-amz-function-error': 'Unhandled' } : {}),
  });
  http.end(content);
}

async function readResponse(response: InvocationResponse): Promise<{ error: boolean; content: Buffer }> {
  if (response.error) return failure(response.error);
  try {
    return { error: false, content: await buffer(response.body) };
  } catch (error) {
    if (error instanceof InvocationError) return failure(error.payload);
    throw error;
  }
}

const failure = (payload: InvocationErrorPayload): { error: boolean; content: Buffer } => ({
  error: true,
  content: Buffer.from(JSON.stringify(payload)),
});

/** An event is not refused for want of concurrency: it waits. */
async function deliver(pool: EnvironmentPool, invocation: Invocation): Promise<void> {
  for (;;) {
    try {
      const { body } = await pool.invoke(invocation);
      body.resume();
      return;
    } catch (error) {
      if (!(error instanceof TooManyRequestsError)) throw error;
      await setTimeout(RETRY_MS, undefined, { ref: false });
    }
  }
}
