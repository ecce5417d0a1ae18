import { once } from 'node:events';
import { connect } from 'node:net';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { functionUrlEvent } from '../../../../local/function-url/event';
import { readBody, startHttpServer } from '../../../../local/http/server';

const ids = {
  requestId: 'request-1',
  traceId: 'Root=1-67891233-abcdef012345678912345678;Parent=1234567890abcdef;Sampled=0',
};

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** The event of a request as it goes over the wire. */
async function eventOf(head: string, body: string | Buffer = ''): Promise<LambdaFunctionURLEvent> {
  const events: LambdaFunctionURLEvent[] = [];
  const server = await startHttpServer(
    (request, response) => {
      readBody(request, 1_000_000)
        .then((bytes) => events.push(functionUrlEvent(request, { body: bytes ?? Buffer.alloc(0), ...ids })))
        .finally(() => response.end())
        .catch(() => undefined);
    },
    { host: '127.0.0.1', port: 0 },
  );
  try {
    const socket = connect(server.port, '127.0.0.1');
    const length = Buffer.byteLength(body);
    socket.write(`${head}\r\nhost: url.test\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`);
    socket.write(body);
    socket.resume();
    await once(socket, 'close');
  } finally {
    await server.close();
  }
  const [event] = events;
  if (!event) throw new Error(`Expected an event, received none of ${head}`);
  return event;
}

test('has the fields of an event captured on AWS, with its values, and no other', async () => {
  const event = await eventOf(
    [
      'POST /capture/a%2Fb%20c?repeat=one&repeat=two&url=https%3A%2F%2Fa.test%2Fb&plus=a+b&encodedPlus=a%2Bb&empty= HTTP/1.1',
      'Accept: */*',
      'Content-Type: application/json',
      'Cookie: session=abc123; theme=dark',
      'User-Agent: test/1',
      'X-Probe: first',
      'X-Probe: second',
    ].join('\r\n'),
    '{"message":"lambda-λ"}',
  );
  expect(event).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/capture/a%2Fb%20c',
    rawQueryString: 'repeat=one&repeat=two&url=https%3A%2F%2Fa.test%2Fb&plus=a+b&encodedPlus=a%2Bb&empty=',
    cookies: ['session=abc123', 'theme=dark'],
    headers: {
      accept: '*/*',
      'content-length': '23',
      'content-type': 'application/json',
      cookie: 'session=abc123; theme=dark',
      host: 'url.test',
      'user-agent': 'test/1',
      'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': matching(/^\d+$/),
      'x-forwarded-proto': 'http',
      'x-probe': 'first,second',
    },
    queryStringParameters: {
      repeat: 'one,two',
      url: 'https://a.test/b',
      plus: 'a b',
      encodedPlus: 'a+b',
      empty: '',
    },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: 'url.test',
      domainPrefix: 'local',
      http: {
        method: 'POST',
        path: '/capture/a/b c',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test/1',
      },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: matching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: event.requestContext.timeEpoch,
    },
    body: '{"message":"lambda-λ"}',
    isBase64Encoded: false,
  });
  expect(Math.abs(Date.now() - event.requestContext.timeEpoch)).toBeLessThan(60_000);
});

test('has neither a body nor query parameters nor cookies where there are none, as on AWS', async () => {
  const event = await eventOf('GET /? HTTP/1.1');
  for (const field of ['body', 'queryStringParameters', 'cookies']) expect(event).not.toHaveProperty(field);
  expect(event).toMatchObject({ rawPath: '/', rawQueryString: '', isBase64Encoded: false });
});

// What Function URLs made of these paths: tests/vokerhttp/testdata/ingress-paths.json of hotsock/voker.
test.each([
  ['/space%20value', '/space value'],
  ['/question%3Fvalue', '/question?value'],
  ['/percent%25done', '/percent%done'],
  ['/unicode-%CE%BB', '/unicode-λ'],
  ['/literal%252Fvalue', '/literal%2Fvalue'],
  ['//two//slashes/', '//two//slashes/'],
  ['/not%zzencoded', '/not%zzencoded'],
])('has the path %s as it was sent, and decoded once', async (sent, decoded) => {
  const { rawPath, requestContext } = await eventOf(`GET ${sent} HTTP/1.1`);
  expect({ rawPath, path: requestContext.http.path }).toEqual({ rawPath: sent, path: decoded });
});

test('has headers in lower case, repeated ones joined, and cookies in a list of their own too', async () => {
  const { headers, cookies } = await eventOf(
    'GET / HTTP/1.1\r\nX-Many: 1\r\nX-Many: 2\r\nCookie: a=1; b=2\r\nCookie: c=3\r\n__proto__: kept\r\nTE: trailers',
  );
  expect(headers).toMatchObject({ 'x-many': '1,2', host: 'url.test', cookie: 'a=1; b=2; c=3' });
  for (const name of ['connection', 'te']) expect(headers).not.toHaveProperty(name);
  expect(cookies).toEqual(['a=1', 'b=2', 'c=3']);
  expect(Object.entries(headers)).toContainEqual(['__proto__', 'kept']);
});

test('has the ids of the invocation and of its trace, and an anonymous caller', async () => {
  const { headers, requestContext } = await eventOf('GET / HTTP/1.1\r\nX-Amzn-Trace-Id: mine');
  expect(headers['x-amzn-trace-id']).toBe('Root=1-67891233-abcdef012345678912345678');
  expect(requestContext).toMatchObject({ requestId: 'request-1', accountId: 'anonymous' });
  expect(requestContext).not.toHaveProperty('authorizer');
});

test('has the path of a request for a whole URL, as a client of a proxy makes it', async () => {
  const { rawPath, rawQueryString } = await eventOf('GET http://url.test/path?a=1 HTTP/1.1');
  expect({ rawPath, rawQueryString }).toEqual({ rawPath: '/path', rawQueryString: 'a=1' });
});

test('keeps a query key that is the name of a prototype', async () => {
  const { queryStringParameters } = await eventOf('GET /?__proto__=a&__proto__=b HTTP/1.1');
  expect(Object.entries(queryStringParameters ?? {})).toEqual([['__proto__', 'a,b']]);
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'text/csv;header=present',
  'application/javascript',
  'application/xml',
  'application/problem+json',
])('has a body of %s as text', async (contentType) => {
  const event = await eventOf(`POST / HTTP/1.1\r\nContent-Type: ${contentType}`, '{"message":"Zürich"}');
  expect(event).toMatchObject({ body: '{"message":"Zürich"}', isBase64Encoded: false });
});

test.each(['application/x-www-form-urlencoded', 'application/octet-stream', 'image/png', undefined])(
  'has a body of %s in base64',
  async (contentType) => {
    const header = contentType ? `\r\nContent-Type: ${contentType}` : '';
    const event = await eventOf(`POST / HTTP/1.1${header}`, Buffer.from([0, 255, 1]));
    expect(event).toMatchObject({ body: 'AP8B', isBase64Encoded: true });
  },
);

test('has a body in base64 that says it is text but is not UTF-8', async () => {
  const event = await eventOf('POST / HTTP/1.1\r\nContent-Type: text/plain', Buffer.from([0xff, 0xfe]));
  expect(event).toMatchObject({ body: '//4=', isBase64Encoded: true });
});
