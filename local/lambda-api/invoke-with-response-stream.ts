import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { InvocationError, type InvocationErrorPayload } from '../environment/invocation-error';
import type { EnvironmentPool, InvocationResponse } from '../environment/pool';
import { invalidParameter } from './errors';
import { invocationType, invoke, readInvocation } from './invocation-request';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
export async function answerInvokeWithResponseStream(
  pool: EnvironmentPool,
  request: IncomingMessage,
  http: ServerResponse,
): Promise<void> {
  const type = invocationType(request, 'x-amz-invocation-type');
  const invocation = await readInvocation(request);
  if (type === 'DryRun') {
    http.writeHead(204).end();
    return;
  }
  if (type !== 'RequestResponse')
    throw invalidParameter(`Expected InvocationType RequestResponse or DryRun, got ${type}`);
  const response = await invoke(pool, invocation);
  http.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amz-executed-version': '$LATEST',
    'x-amzn-requestid': response.requestId,
  });
  try {
    await pipeline(events(response), http);
  } finally {
    // A client that hung up reads no more: the function must not wait for it.
    response.body.destroy();
  }
}

/** A PayloadChunk for each chunk as it comes, then InvokeComplete, which says whether the function failed. */
async function* events({ error, body }: InvocationResponse): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (error) throw new InvocationError(error);
    for await (const chunk of body) {
      if (Buffer.isBuffer(chunk)) yield event('PayloadChunk', 'application/octet-stream', chunk);
    }
    yield invokeComplete();
  } catch (failure) {
    if (!(failure instanceof InvocationError)) throw failure;
    yield invokeComplete(failure.payload);
  }
}

function invokeComplete(error?: InvocationErrorPayload): Uint8Array {
  const outcome = error ? { ErrorCode: 'Unhandled', ErrorDetails: JSON.stringify(error) } : {};
  return event('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(outcome)));
}

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

const event = (eventType: string, contentType: string, body: Uint8Array): Uint8Array =>
  codec.encode({
    headers: {
      ':message-type': { type: 'string', value: 'event' },
      ':event-type': { type: 'string', value: eventType },
      ':content-type': { type: 'string', value: contentType },
    },
    body,
  });
