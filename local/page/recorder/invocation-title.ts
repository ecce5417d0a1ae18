import { decodePayload } from '../../../runtime/queue/payload';
import type { ObservedExchange } from '../../http/observed-exchange';

/** What an invocation is called in the list: `POST /orders`, `Invoke`, or `queued task send receipt`. */
export function titleOf({ door, request, body }: ObservedExchange, isEvent: boolean): string {
  if (door === 'Function URL') return `${request.method ?? 'GET'} ${request.url ?? '/'}`;
  if (request.url?.includes('/response-streaming-invocations')) return 'InvokeWithResponseStream';
  const task = isEvent ? queuedTaskIn(body) : undefined;
  if (task !== undefined) return `queued task ${task}`;
  return isEvent ? 'Invoke, Event' : 'Invoke';
}

function queuedTaskIn(body: Buffer | undefined): string | undefined {
  try {
    return decodePayload(JSON.parse(String(body)))?.name;
  } catch {
    // It is no JSON, and will be refused.
    return undefined;
  }
}
