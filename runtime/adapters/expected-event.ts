import { typeName, UnsupportedEventError } from '../errors';
import type { HttpRequest } from '../request/http-request';
import type { InvocationRequest } from '../request/invocation-request';
import { serviceOf } from '../request/event-source';

/**
 * Throws an UnsupportedEventError for the event of a gateway that cannot stream. It is not left to the schema: one whose
 * fields are all optional fits any event.
 */
export function assertStreams(request: InvocationRequest): void {
  if (request.caller === 'http' || request.gateway === undefined) return;
  throw new UnsupportedEventError(
    `Expected an event of a Function URL or of a REST API that streams, received one of ${request.gateway}, which ` +
      'cannot read a streamed response: call the function by a Function URL with InvokeMode RESPONSE_STREAM, or by a ' +
      'REST API with responseTransferMode STREAM',
  );
}

/** Throws an UnsupportedEventError for what is no HTTP request. */
export function assertHttp(request: InvocationRequest): asserts request is HttpRequest {
  assertStreams(request);
  if (request.caller === 'http') return;
  const { event } = request;
  throw new UnsupportedEventError(
    'Expected the event of an HTTP request, by a Function URL or a REST API, received ' +
      (serviceOf(event) ?? `a direct payload, ${typeName(event)}, which is none`),
  );
}

/** How the message about an event that does not fit the schema begins. */
export function describeMismatch({ caller, event }: InvocationRequest): string {
  const service = caller === 'http' ? undefined : serviceOf(event);
  return service === undefined
    ? 'Expected an event that fits the schema, received one that does not fit'
    : `Expected an event that fits the schema, received one of ${service}: let the schema describe that, or send the ` +
        'Input itself as the payload. It does not fit';
}
