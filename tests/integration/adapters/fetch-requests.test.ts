import { createHash, randomBytes } from 'node:crypto';
import { array, boolean, number, object, parse, string, tuple } from 'valibot';
import { errorsIn, onBothRuntimes } from '../../helpers/adapters';
import { send } from '../../helpers/http-client';
import { type Answer, callApi, observe } from '../../helpers/invocations';

const Seen = object({
  method: string(),
  url: string(),
  headers: array(tuple([string(), string()])),
  aborted: boolean(),
  streams: boolean(),
  body: string(),
});

const http = { method: 'GET' };

/** What a Function URL would send of it. */
function answerIn({ requestId, body }: Answer) {
  const [prelude = '', answer = ''] = body.split('\0'.repeat(8));
  return { requestId, status: parse(object({ statusCode: number() }), JSON.parse(prelude)).statusCode, body: answer };
}

/** Docs: docs/adopt.md, "what the app gets". */
onBothRuntimes('fetch-adapter', ({ lambda, urlOf, observed }) => {
  const seen = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${urlOf('App')}/request${path}`, init);
    const { headers, body, ...rest } = parse(Seen, await response.json());
    return { ...rest, headers: new Headers(headers), body: Buffer.from(body, 'base64') };
  };

  /** An event as it comes from AWS, or typed by hand: what a local Function URL would not let through. */
  const sendEvent = async (event: object) => {
    const url = { version: '2.0', rawPath: '/request', requestContext: { http }, headers: {}, ...event };
    return answerIn(await callApi(lambda(), 'App', url));
  };

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'])('the method %s', async (method) => {
    expect(await seen('', { method })).toMatchObject({ method, aborted: false });
  });

  test.each(['', '?', '?a=1&a=2&b', '?x=%C3%A4%20+%2B%26&y=%zz', '?q=it%27s'])(
    'the query string %p as it was sent',
    async (query) => {
      expect((await seen(query)).url).toBe(`${urlOf('App')}/request${query === '?' ? '' : query}`);
    },
  );

  test.each(['/request/%C3%A4', '/request/a%20b', '/request/a%2Fb', '/request/%3F%23', '//request'])(
    'the path %p as it was sent',
    async (path) => {
      const response = await send(`${urlOf('App')}${path}`, {});
      // No route of the app: what counts is that the path has reached it whole.
      expect(response).toMatchObject({ status: 404, body: `no such path: ${path}` });
    },
  );

  test('the host that the client has called', async () => {
    const { status, body } = await sendEvent({ headers: { host: 'shop.example.com', 'x-forwarded-proto': 'https' } });
    expect({ status, url: parse(Seen, JSON.parse(body)).url }).toEqual({
      status: 200,
      url: 'https://shop.example.com/request',
    });
    const typed = await sendEvent({ requestContext: { domainName: 'id.lambda-url.us-east-1.on.aws', http } });
    expect(parse(Seen, JSON.parse(typed.body)).url).toBe('https://id.lambda-url.us-east-1.on.aws/request');
  });

  test.each([
    ['a host with a path', { headers: { host: 'evil.example/path?' } }],
    ['a host with a user', { headers: { host: 'user@evil.example' } }],
    ['a host that is none', { headers: { host: 'a:b:c' } }],
    ['a header with a line break', { headers: { 'x-name': 'a\nevil: b' } }],
    ['a method that Fetch does not allow', { requestContext: { http: { method: 'TRACE' } } }],
  ])('a 400 for %s', async (_, event) => {
    const { requestId, ...answer } = await sendEvent(event);
    expect(answer).toEqual({ status: 400, body: '{"message":"Expected a request that the Fetch standard allows"}' });
    const { report, lines } = await observe(lambda(), requestId);
    expect(report).toMatchObject({ failures: 0 });
    expect(lines.join()).not.toContain('evil');
  });

  test('headers, and cookies joined as browsers send them', async () => {
    const { headers } = await seen('', {
      headers: { cookie: 'a=1; b=x=y', 'x-Kind': 'test', accept: 'text/html, */*' },
    });
    expect(headers.get('cookie')).toBe('a=1; b=x=y');
    expect(headers.get('x-kind')).toBe('test');
    expect(headers.get('accept')).toBe('text/html, */*');
    expect(headers.get('host')).toBe(new URL(urlOf('App')).host);
  });

  test('a header with bytes beyond ASCII, as those bytes', async () => {
    const name = Buffer.from('Grüße').toString('latin1');
    const { headers } = await seen('', { headers: { 'x-name': name } });
    expect(headers.get('x-name')).toBe(name);
    const { body } = await sendEvent({ headers: { 'x-name': 'Grüße €' } });
    expect(body).toContain(JSON.stringify(Buffer.from('Grüße €').toString('latin1')));
  });

  test('a body of text', async () => {
    const { body, headers, streams } = await seen('', { method: 'POST', body: 'Grüße' });
    expect({ body: body.toString(), streams }).toEqual({ body: 'Grüße', streams: true });
    expect(headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  });

  test('a body of bytes, byte for byte', async () => {
    const bytes = randomBytes(100_000);
    expect((await seen('', { method: 'PUT', body: bytes })).body.equals(bytes)).toBe(true);
  });

  test('a body read as a stream, and sent back as one', async () => {
    const bytes = randomBytes(4_000_000);
    const response = await fetch(`${urlOf('App')}/echo`, { method: 'POST', body: bytes });
    expect(sha256(await response.arrayBuffer())).toBe(sha256(bytes));
    expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
  });

  test('no body where there is none', async () => {
    expect(await seen('', { method: 'POST' })).toMatchObject({ streams: false });
    expect(await seen('')).toMatchObject({ streams: false });
    // Fetch allows no GET with a body: what some clients send is left out.
    const get = await send(`${urlOf('App')}/request`, { body: 'unexpected', headers: { 'content-length': '10' } });
    expect(JSON.parse(get.body)).toMatchObject({ method: 'GET', streams: false, body: '' });
  });

  test('env, executionCtx and request.waitUntil', async () => {
    const response = await fetch(`${urlOf('App')}/env`);
    expect(await response.json()).toEqual({
      path: '/env',
      apiId: 'local',
      same: true,
      requestId: response.headers.get('x-amzn-requestid'),
      props: {},
      waitUntil: true,
    });
  });

  test('the signal aborts when the deadline approaches, and so do those of clones and of a request to pass on', async () => {
    const response = await fetch(`${urlOf('Hasty')}/waits`);
    expect(response.status).toBe(503);
    const reasons = (await response.text()).split('\n');
    expect(reasons).toHaveLength(4);
    for (const reason of reasons) {
      expect(reason).toMatch(/^DeadlineApproachingError: Lambda ends this invocation in \d+ ms$/);
    }
  });

  test('an event of a REST API: its path without the stage, each value of its headers', async () => {
    const event = {
      httpMethod: 'POST',
      path: '/request',
      headers: { Host: 'api.example.com', Accept: 'text/html' },
      multiValueHeaders: { Host: ['api.example.com'], Accept: ['text/plain', 'text/html'] },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      requestContext: { stage: 'prod', path: '/prod/request', apiId: 'local' },
      body: Buffer.from('bytes').toString('base64'),
      isBase64Encoded: true,
    };
    const { body } = answerIn(await callApi(lambda(), 'App', event));
    const { url, headers, body: sent } = parse(Seen, JSON.parse(body));
    expect({ url, accept: new Headers(headers).get('accept'), sent: Buffer.from(sent, 'base64').toString() }).toEqual({
      url: 'https://api.example.com/request?a=1&a=2',
      accept: 'text/plain, text/html',
      sent: 'bytes',
    });
  });

  test.each([
    [{ message: 'Hello' }, 'a direct payload, object, which is none'],
    ['text', 'a direct payload, string, which is none'],
    [null, 'a direct payload, null, which is none'],
    [{ Records: [{ eventSource: 'aws:sqs' }] }, 'aws:sqs'],
  ])('an invocation error for the payload %j', async (payload, received) => {
    const { headers, body, requestId } = await callApi(lambda(), 'App', payload);
    expect(headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(JSON.parse(body)).toMatchObject({
      errorType: 'UnsupportedEventError',
      errorMessage: `Expected the event of an HTTP request, by a Function URL or a REST API, received ${received}`,
    });
    expect(errorsIn(await observe(lambda(), requestId))).toMatchObject([{ error: { name: 'UnsupportedEventError' } }]);
  });

  test('an invocation error for the event of an Application Load Balancer, which says what to do', async () => {
    const event = { httpMethod: 'GET', path: '/', requestContext: { elb: {} } };
    const { body } = await callApi(lambda(), 'App', event);
    expect(body).toContain('received one of an Application Load Balancer, which cannot read a streamed response: call');
  });
});

function sha256(bytes: ArrayBuffer | Uint8Array): string {
  return createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
}
