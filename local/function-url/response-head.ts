import { validateHeaderName, validateHeaderValue, type ServerResponse } from 'node:http';
import type { ResponseMetadata } from './prelude';

/** What belongs to the connection, not to the response, is the server's to say. */
const ofTheConnection = new Set(['keep-alive', 'proxy-authenticate', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** What AWS says itself: the function's own value comes under another name. */
const remapped = new Set([
  'connection',
  'content-length',
  'date',
  'server',
  'www-authenticate',
  'x-amzn-requestid',
  'x-amzn-trace-id',
]);

/** The Cors of the Function URL goes before what the function says. */
const isSaidByCors = (http: ServerResponse, name: string): boolean =>
  name.startsWith('access-control-') && http.hasHeader(name);

/** Adds to the headers that are set already. Throws, with nothing set, when a name or a value cannot be sent in HTTP. */
export function setHead(http: ServerResponse, { statusCode, headers, cookies }: ResponseMetadata): void {
  const lines = [
    ...Object.entries(headers)
      .filter(([name]) => !ofTheConnection.has(name) && !isSaidByCors(http, name))
      .map(([name, value]) => ({ name: remapped.has(name) ? `x-amzn-remapped-${name}` : name, value })),
    ...cookies.map((value) => ({ name: 'set-cookie', value })),
  ];
  for (const { name, value } of lines) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  for (const { name, value } of lines) http.appendHeader(name, value);
  http.statusCode = statusCode;
}
