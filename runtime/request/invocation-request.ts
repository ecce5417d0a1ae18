import type { APIGatewayProxyEvent, LambdaFunctionURLEvent } from 'aws-lambda';
import { ApiRequest } from './api-request';
import type { HttpRequest } from './http-request';
import { properties } from './read-property';
import { gatewayOf } from './event-source';
import { UrlRequest } from './url-request';

/** Who called: that decides the form of the response. */
export type InvocationRequest = DirectRequest | HttpRequest;

/** The event is the caller's own payload, and the response is the body alone. */
export interface DirectRequest {
  readonly caller: 'direct';
  readonly event: unknown;
  /** The gateway that sent the event, for instance "an HTTP API", where it is one that cannot read a streamed response. */
  readonly gateway: string | undefined;
}

/** An event that is no HTTP request is a direct payload, and so is that of a gateway that cannot stream its response. */
export function readInvocationEvent(event: unknown): InvocationRequest {
  const gateway = gatewayOf(event);
  if (gateway !== undefined) return { caller: 'direct', event, gateway };
  if (isUrlEvent(event)) return new UrlRequest(event);
  if (isApiEvent(event)) return new ApiRequest(event);
  return { caller: 'direct', event, gateway };
}

function isUrlEvent(event: unknown): event is LambdaFunctionURLEvent {
  const { version, requestContext } = properties(event);
  return version === '2.0' && typeof properties(properties(requestContext)['http'])['method'] === 'string';
}

function isApiEvent(event: unknown): event is APIGatewayProxyEvent {
  const { httpMethod, path, requestContext } = properties(event);
  if (typeof httpMethod !== 'string' || typeof path !== 'string') return false;
  return typeof requestContext === 'object' && requestContext !== null;
}
