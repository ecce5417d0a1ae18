import { setTimeout } from 'node:timers/promises';

/**
 * What people write without a stream: the background work comes before the answer, or it is no part of the invocation. The
 * body is a text on AWS, and an object where a local tool has decoded it.
 */
export async function handler({ body }: { readonly body: unknown }) {
  const input: unknown = typeof body === 'string' ? JSON.parse(body) : body;
  await setTimeout(Number(process.env['BACKGROUND_SECONDS'] ?? 0) * 1_000);
  const echoedMessage = typeof input === 'object' && input !== null && 'message' in input ? input.message : undefined;
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ echoedMessage }),
  };
}
