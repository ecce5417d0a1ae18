import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LambdaFunctionURLEvent } from 'aws-lambda';

/**
 * The event of a Function URL, payload format 2.0.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function functionUrlEvent(request: IncomingMessage, body: Buffer): LambdaFunctionURLEvent {
  const { method = 'GET', url = '/' } = request;
  const [target, rawQueryString] = splitOnce(url, '?');
  const rawPath = decodePath(target);
  const { cookie, ...headers } = joinedHeaders(request);
  const cookies = cookie === undefined ? undefined : cookie.split(/; ?/);
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const domainName = headers['host'] ?? 'localhost';
  const now = new Date();
  const isBase64Encoded = body.length > 0 && !isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers: {
      ...headers,
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': String(request.socket.localPort),
      'x-forwarded-proto': 'http',
    },
    ...(rawQueryString ? { queryStringParameters: queryStringParameters(rawQueryString) } : {}),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName,
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: accessLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

/** Repeated keys are joined by commas. */
function queryStringParameters(rawQueryString: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) join(parameters, name, value, ',');
  return Object.fromEntries(parameters);
}

/** Repeated headers are joined by commas, but cookies by semicolons; names are in lower case. */
function joinedHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    join(headers, name, rawHeaders[index + 1] ?? '', name === 'cookie' ? '; ' : ',');
  }
  return Object.fromEntries(headers);
}

/** A map, unlike a plain object, takes `__proto__` for a name like any other, and so does Object.fromEntries. */
function join(values: Map<string, string>, name: string, value: string, separator: string): void {
  const before = values.get(name);
  values.set(name, before === undefined ? value : before + separator + value);
}

/** Any other body, or one that does not say what it is, arrives base64 encoded. */
const isText = (contentType = ''): boolean =>
  /^\s*(text\/[^;]*|application\/(json|javascript|xml|[^;]*\+(json|xml)))\s*(;|$)/i.test(contentType);

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}

/** `24/Nov/2025:08:05:00 +0000` */
function accessLogTime(date: Date): string {
  const [, day = '', month = '', year = '', time = ''] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
