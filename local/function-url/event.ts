import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { parseRequestTarget } from '../http/server';

export interface EventContext {
  readonly body: Buffer;
  readonly requestId: string;
  readonly traceId: string;
  /** Present when the caller's signature has been checked: the key that it was made with. */
  readonly accessKey?: string | undefined;
}

/**
 * The event of a Function URL, payload format 2.0, with the fields that events captured on AWS have.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 * @see https://github.com/hotsock/voker/tree/main/vokerhttp/testdata events of a deployed Function URL
 */
export function functionUrlEvent(
  request: IncomingMessage,
  { body, requestId, traceId, accessKey }: EventContext,
): LambdaFunctionURLEvent {
  const { method = 'GET', url = '/' } = request;
  const { path, query } = parseRequestTarget(url);
  const headers = requestHeaders(request);
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const isBase64Encoded = body.length > 0 && !isText(body, headers['content-type']);
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(headers['cookie'] === undefined ? {} : { cookies: headers['cookie'].split(/; ?/) }),
    headers: {
      ...headers,
      'x-amzn-trace-id': rootOf(traceId),
      'x-forwarded-for': sourceIp,
      'x-forwarded-port': String(request.socket.localPort),
      'x-forwarded-proto': 'http',
    },
    ...(query ? { queryStringParameters: queryStringParameters(query) } : {}),
    requestContext: {
      accountId: accessKey === undefined ? 'anonymous' : accountId,
      apiId: 'local',
      ...(accessKey === undefined ? {} : authorizedAs(accessKey)),
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path: decodePath(path),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: accessLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

/** What is between two ends of a connection does not reach the function. */
const ofTheConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** The headers of a request, their names in lower case: repeated ones are joined by commas, but cookies by semicolons. */
export function requestHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (ofTheConnection.has(name)) continue;
    join(headers, name, rawHeaders[index + 1] ?? '', name === 'cookie' ? '; ' : ',');
  }
  return Object.fromEntries(headers);
}

/** Repeated keys are joined by commas. */
export function queryStringParameters(rawQueryString: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) join(parameters, name, value, ',');
  return Object.fromEntries(parameters);
}

/** A map, unlike a plain object, takes `__proto__` for a name like any other, and so does Object.fromEntries. */
function join(values: Map<string, string>, name: string, value: string, separator: string): void {
  const before = values.get(name);
  values.set(name, before === undefined ? value : before + separator + value);
}

/** The one of AWS's own examples. */
const accountId = '123456789012';

/** Who a key belongs to is known to AWS alone. */
const authorizedAs = (accessKey: string): object => ({
  authorizer: {
    iam: {
      accessKey,
      accountId,
      callerId: accessKey,
      cognitoIdentity: null,
      principalOrgId: null,
      userArn: `arn:aws:iam::${accountId}:user/local`,
      userId: accessKey,
    },
  },
});

/** Anything else, and what is not UTF-8 whatever it says, arrives base64 encoded. */
const isText = (body: Buffer, contentType = ''): boolean =>
  /^\s*(text\/[^;]*|application\/(json|javascript|xml|[^;]*\+(json|xml)))\s*(;|$)/i.test(contentType) && isUtf8(body);

const rootOf = (traceId: string): string => /Root=[^;]+/.exec(traceId)?.[0] ?? traceId;

/** A path that is not well encoded stays as it was sent. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `24/Nov/2025:08:05:00 +0000` */
function accessLogTime(date: Date): string {
  const [, day = '', month = '', year = '', time = ''] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
