import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { MethodNotAllowedError, PayloadTooLargeError } from '../errors';
import { decodeBase64, decodeBody, decodeQuery } from './body';

/** One shape for both kinds of event: who called, and how to read the Input. */
export type InvocationRequest = DirectRequest | HttpRequest;

interface DirectRequest {
  readonly caller: 'direct';
  readonly method?: undefined;
  readInput(limits: RequestLimits): unknown;
}

interface HttpRequest {
  readonly caller: 'http';
  readonly method: string;
  /** Throws a RequestError for what cannot be read. */
  readInput(limits: RequestLimits): unknown;
}

export interface RequestLimits {
  readonly methods: readonly string[];
  readonly maxBodyBytes: number;
}

/**
 * A Function URL sends payload format 2.0 (AWS: "Invoking Lambda function URLs"); any other event is a direct payload
 * and is the Input itself.
 */
export function readInvocationEvent(event: unknown): InvocationRequest {
  if (!isFunctionUrlEvent(event)) return { caller: 'direct', readInput: () => event };

  const { method } = event.requestContext.http;
  return { caller: 'http', method, readInput: (limits) => readHttpInput(event, method, limits) };
}

function isFunctionUrlEvent(event: unknown): event is LambdaFunctionURLEvent {
  return (
    hasProperty(event, 'version') &&
    event.version === '2.0' &&
    hasProperty(event, 'requestContext') &&
    hasProperty(event.requestContext, 'http') &&
    hasProperty(event.requestContext.http, 'method') &&
    typeof event.requestContext.http.method === 'string'
  );
}

function hasProperty<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}

function readHttpInput(
  event: LambdaFunctionURLEvent,
  method: string,
  { methods, maxBodyBytes }: RequestLimits,
): unknown {
  if (!methods.includes(method)) {
    const allow = methods.join(', ');
    throw new MethodNotAllowedError(`Expected one of ${allow}, received ${method}`, { headers: { allow } });
  }
  if (method === 'GET' || method === 'HEAD') return decodeQuery(event.rawQueryString);

  const { body = '', isBase64Encoded, headers } = event;
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > maxBodyBytes) {
    throw new PayloadTooLargeError(`Expected a body of at most ${maxBodyBytes} bytes, received ${bytes}`);
  }
  return decodeBody(isBase64Encoded ? decodeBase64(body) : body, headers['content-type']);
}
