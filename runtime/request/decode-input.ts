import { MethodNotAllowedError, PayloadTooLargeError } from '../errors';
import { decodeBody, decodeQuery } from './body';
import type { HttpRequest } from './http-request';

export interface InputLimits {
  readonly methods: readonly string[];
  readonly maxBodyBytes: number;
}

/** The Input that an HTTP request holds, in its query string or its body. Throws a RequestError for what cannot be read. */
export function decodeInput(request: HttpRequest, { methods, maxBodyBytes }: InputLimits): unknown {
  const { method } = request;
  if (!methods.includes(method)) {
    const allow = methods.join(', ');
    throw new MethodNotAllowedError(`Expected one of ${allow}, received ${method}`, { headers: { allow } });
  }
  if (method === 'GET' || method === 'HEAD') return decodeQuery(request.queryString);

  const bytes = request.bodyLength;
  if (method === 'DELETE' && bytes === 0) return decodeQuery(request.queryString);
  if (bytes > maxBodyBytes) {
    throw new PayloadTooLargeError(`Expected a body of at most ${maxBodyBytes} bytes, received ${bytes}`);
  }
  return decodeBody(request.text, request.contentType);
}
