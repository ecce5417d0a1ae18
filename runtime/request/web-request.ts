import { BadRequestError } from '../errors';
import type { HttpRequest } from './http-request';
import { property } from './read-property';

/**
 * The request as the Fetch standard has it. Throws a BadRequestError where that has no such request: for a host, a header
 * or a method that it does not allow.
 */
export function webRequest<Own extends OwnOfRequest>(request: HttpRequest, own: Own): WebRequest<Own> {
  const { method } = request;
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(request);
  try {
    const web = new Request(urlOf(request), { method, body });
    setHeaders(web.headers, request, body);
    return withOwn(web, own);
  } catch (cause) {
    throw new BadRequestError('Expected a request that the Fetch standard allows', { cause });
  }
}

/** What a request and its clones get of the invocation. */
interface OwnOfRequest {
  readonly signal: AbortSignal;
}

type WebRequest<Own> = { clone(): WebRequest<Own> } & Request & Omit<Own, 'signal'>;

/**
 * The signal is one that exists. The Fetch standard would make one that follows it, which Node.js does by a listener, a weak
 * reference and a finalizer: they take a tenth as long as a small answer does.
 */
function withOwn<Own extends OwnOfRequest>(request: Request, own: Own): WebRequest<Own> {
  const { signal, ...others } = own;
  const clone = (): WebRequest<Own> => withOwn(Request.prototype.clone.call(request), own);
  Object.defineProperty(request, 'signal', { value: signal });
  return Object.assign(request, others, { clone });
}

/** A text as it is: its bytes would be copied twice. */
function bodyOf(request: HttpRequest): string | Uint8Array | null {
  const body = property(request.event, 'isBase64Encoded') === true ? request.body : request.text;
  return body.length > 0 ? body : null;
}

function urlOf({ headers, path, queryString, event }: HttpRequest): string {
  const protocol = headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  const host = headers['host'] ?? event.requestContext.domainName ?? 'localhost';
  // Whatever else is in there would be taken for a part of the path, or for another host.
  if (noHost.test(host)) throw new TypeError('Expected a host and nothing else');
  const query = queryString === '' ? '' : `?${queryString.replaceAll('#', '%23')}`;
  const encoded = noPath.test(path) ? path.replaceAll(/[?#]/g, encodeURIComponent) : path;
  return `${protocol}://${host}${path.startsWith('/') ? '' : '/'}${encoded}${query}`;
}

const noHost = /[\s/\\?#@]/;
const noPath = /[?#]/;

/**
 * One by one: those given to the constructor would be copied first, which takes half as long again. The first that there is
 * is what the constructor makes of a text.
 */
function setHeaders(to: Headers, { headers }: HttpRequest, body: string | Uint8Array | null): void {
  if (typeof body === 'string') to.delete('content-type');
  for (const name in headers) to.append(name, byteString(headers[name] ?? ''));
}

/** A header has bytes: where an event has other characters, they are those of UTF-8. */
function byteString(value: string): string {
  return beyondBytes.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

const beyondBytes = /[^\0-\xff]/;
