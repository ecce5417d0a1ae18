import { EventStreamCodec } from '@smithy/core/event-streams';
import type { InvocationErrorPayload } from '../environment/invocation-error';

/** The two events that the response stream of an invocation is made of, in AWS's own encoding. */
export const payloadChunk = (chunk: Uint8Array): Uint8Array =>
  encode('PayloadChunk', 'application/octet-stream', chunk);

export function invokeComplete({
  error,
  logResult,
}: {
  error: InvocationErrorPayload | undefined;
  /** In base64. */
  logResult: string | undefined;
}): Uint8Array {
  const outcome = {
    ...(error ? { ErrorCode: 'Unhandled', ErrorDetails: JSON.stringify(error) } : {}),
    ...(logResult === undefined ? {} : { LogResult: logResult }),
  };
  return encode('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(outcome)));
}

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

const encode = (eventType: string, contentType: string, body: Uint8Array): Uint8Array =>
  codec.encode({
    headers: {
      ':message-type': { type: 'string', value: 'event' },
      ':event-type': { type: 'string', value: eventType },
      ':content-type': { type: 'string', value: contentType },
    },
    body,
  });
