import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromForeignPage } from '../http/guarded-server';
import type { CorsDefinition } from '../template/definition';

/**
 * Answers the question of a browser, whether a page may send the request that it is about to send. Returns false, with
 * nothing sent, when it is not such a question: that request goes to the function.
 */
export function answerPreflight(cors: CorsDefinition, request: IncomingMessage, http: ServerResponse): boolean {
  const { origin } = request.headers;
  const asked = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || origin === undefined || asked === undefined) return false;
  for (const [name, value] of corsHeaders(cors, origin)) http.setHeader(name, value);
  if (isAllowed(cors.allowOrigins, origin)) {
    if (cors.allowMethods.length > 0) http.setHeader('access-control-allow-methods', cors.allowMethods.join(','));
    if (cors.allowHeaders.length > 0) http.setHeader('access-control-allow-headers', cors.allowHeaders.join(','));
    if (cors.maxAge !== undefined) http.setHeader('access-control-max-age', cors.maxAge);
  }
  http.writeHead(200, { 'content-length': 0 }).end();
  return true;
}

/** What the answer to a request from this origin says, whatever the function says itself. */
export function corsHeaders(cors: CorsDefinition, origin: string | undefined): [name: string, value: string][] {
  if (origin === undefined || !isAllowed(cors.allowOrigins, origin)) return [];
  const isOpen = cors.allowOrigins.includes('*') && !cors.allowCredentials;
  return [
    ['access-control-allow-origin', isOpen ? '*' : origin],
    ...(isOpen ? [] : [['vary', 'Origin'] satisfies [string, string]]),
    ...(cors.allowCredentials ? [['access-control-allow-credentials', 'true'] satisfies [string, string]] : []),
    ...(cors.exposeHeaders.length > 0
      ? [['access-control-expose-headers', cors.exposeHeaders.join(',')] satisfies [string, string]]
      : []),
  ];
}

/**
 * Whether a web page of another site has sent this request, or has had it sent, without being one that may. Where it says
 * no Origin, since it is for an image or follows a link, browsers say in another header where it comes from.
 */
export function isFromUnknownPage(cors: CorsDefinition | undefined, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return request.headers['sec-fetch-site'] === 'cross-site';
  return isFromForeignPage(request) && !(cors && isAllowed(cors.allowOrigins, origin));
}

const isAllowed = (allowed: readonly string[], origin: string): boolean =>
  allowed.includes('*') || allowed.includes(origin);
