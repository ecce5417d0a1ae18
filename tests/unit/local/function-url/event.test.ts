import { once } from 'node:events';
import { connect } from 'node:net';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { functionUrlEvent } from '../../../../local/function-url/event';
import { readBody, startHttpServer } from '../../../../local/http/server';

const ids = {
  requestId: 'request-1',
  traceId: 'Root=1-67891233-abcdef012345678912345678;Parent=1234567890abcdef;Sampled=0',
};

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
  if (!event) throw new Error(`Expected an event, got none of ${head}`);
  return event;
}

test('has method, path and query as they were sent, and the time in both of the formats of AWS', async () => {
  const event = await eventOf('PUT /my%20path/?a=1&b=x%20y&a=2 HTTP/1.1\r\nUser-Agent: test/1');
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/my path/',
    rawQueryString: 'a=1&b=x%20y&a=2',
    queryStringParameters: { a: '1,2', b: 'x y' },
    requestContext: {
      domainName: 'url.test',
      http: { method: 'PUT', path: '/my path/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test/1' },
      stage: '$default',
    },
    isBase64Encoded: false,
  });
  const { time, timeEpoch } = event.requestContext;
  expect(time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  expect(Math.abs(Date.now() - timeEpoch)).toBeLessThan(60_000);
  expect(event).not.toHaveProperty('body');
});

test('has headers in lower case, repeated ones joined, and cookies in a list of their own', async () => {
  const { headers, cookies } = await eventOf(
    'GET / HTTP/1.1\r\nX-Many: 1\r\nX-Many: 2\r\nCookie: a=1; b=2\r\nCookie: c=3\r\n__proto__: kept\r\nTE: trailers',
  );
  expect(headers).toMatchObject({ 'x-many': '1,2', host: 'url.test', 'x-forwarded-for': '127.0.0.1' });
  for (const name of ['cookie', 'connection', 'te']) expect(headers).not.toHaveProperty(name);
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

test('has a path that cannot be decoded as it was sent', async () => {
  expect((await eventOf('GET /%zz HTTP/1.1')).rawPath).toBe('/%zz');
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
