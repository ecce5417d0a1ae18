import { BadRequestError } from '../errors';
import type { HttpRequest } from './http-request';

/**
 * The request as the Fetch standard has it. Throws a BadRequestError where that has no such request: for a host, a header
 * or a method that it does not allow.
 */
export function webRequest(request: HttpRequest, signal: AbortSignal): Request {
  const { method } = request;
  const withBody = method !== 'GET' && method !== 'HEAD' && request.bodyLength > 0;
  try {
    return new Request(urlOf(request), {
      method,
      headers: headersOf(request),
      body: withBody ? request.body : null,
      signal,
    });
  } catch (cause) {
    throw new BadRequestError('Expected a request that the Fetch standard allows', { cause });
  }
}

function urlOf({ headers, path, queryString, event }: HttpRequest): string {
  const protocol = headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  const host = headers['host'] ?? event.requestContext.domainName ?? 'localhost';
  // Whatever else is in there would be taken for a part of the path, or for another host.
  if (/[\s/\\?#@]/.test(host)) throw new TypeError('Expected a host and nothing else');
  const query = queryString === '' ? '' : `?${queryString.replaceAll('#', '%23')}`;
  return `${protocol}://${host}${path.startsWith('/') ? '' : '/'}${path.replace(/[?#]/g, encodeURIComponent)}${query}`;
}

/** As they are, nearly always: a Headers object made of them would take three times as long as the rest of the request. */
function headersOf({ headers }: HttpRequest): Record<string, string> {
  return isByteStrings(headers)
    ? headers
    : Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, byteString(value)]));
}

function isByteStrings(headers: HttpRequest['headers']): headers is Record<string, string> {
  return Object.values(headers).every((value) => value !== undefined && !beyondBytes.test(value));
}

/** A header has bytes: where an event has other characters, they are those of UTF-8. */
function byteString(value: string): string {
  return beyondBytes.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

const beyondBytes = /[^\0-\xff]/;
