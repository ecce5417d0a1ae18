import { METHODS } from 'node:http';
import * as v from 'valibot';

/** What is sent, byte for byte. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * The request to a Function URL that a text stands for. An event of a Function URL becomes the request that it tells of;
 * throws where there is none such. Any other text is the body of a POST.
 */
export function urlRequest(payload: string): PlainRequest {
  const parsed = v.safeParse(UrlEvent, payload);
  if (!parsed.success) {
    const headers = { 'content-type': 'application/json' };
    return { method: 'POST', target: '/', headers, body: Buffer.from(payload) };
  }
  const { requestContext, rawPath, rawQueryString, body, isBase64Encoded, ...event } = parsed.output;
  const { method } = requestContext.http;
  // What the server does not take it would refuse, and nobody would hear of it.
  if (!methods.has(method)) throw new Error(`expected a method of a Function URL, in capitals, received ${method}`);
  const target = `${rawPath === '' ? '/' : rawPath}${rawQueryString === '' ? '' : `?${rawQueryString}`}`;
  if (!/^\/[!-~\u0080-\u00ff]*$/.test(target)) {
    throw new Error(`expected rawPath and rawQueryString as they are sent, percent-encoded, received ${target}`);
  }
  return { method, target, headers: headersOf(event), body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

const UrlEvent = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    version: v.literal('2.0'),
    requestContext: v.object({ http: v.object({ method: v.string() }) }),
    rawPath: v.string(),
    rawQueryString: v.string(),
    cookies: v.optional(v.array(v.string()), []),
    headers: v.record(v.string(), v.string()),
    body: v.optional(v.string(), ''),
    isBase64Encoded: v.optional(v.boolean(), false),
  }),
);

/** CONNECT asks for a tunnel, and TRACE for the request itself: both are a proxy's to answer. */
const methods = new Set(METHODS.filter((method) => method !== 'CONNECT' && method !== 'TRACE'));

/** An event of AWS has its cookies twice, one that was written by hand may have them in `cookies` only. */
function headersOf({ headers, cookies }: Pick<v.InferOutput<typeof UrlEvent>, 'headers' | 'cookies'>) {
  const kept = Object.entries(headers).filter(([name]) => !isOfTheConnection(name.toLowerCase()));
  if (cookies.length > 0 && !kept.some(([name]) => name.toLowerCase() === 'cookie')) {
    kept.push(['cookie', cookies.join('; ')]);
  }
  return Object.fromEntries(kept);
}

const isOfTheConnection = (name: string): boolean => ofTheConnection.has(name) || name.startsWith('x-forwarded-');

const ofTheConnection = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'trailer',
  'upgrade',
  'keep-alive',
  'te',
  'expect',
]);
