import { startFunctionUrl } from '../../../local/function-url/server';
import { serveFunctionUrl } from '../../helpers/function-url';
import { send, sendRaw } from '../../helpers/http-client';
import { closeAll } from '../../helpers/running-pool';

afterEach(closeAll);

test('a response has the status, the headers and the cookies of its prelude, and its body after it', async () => {
  const { url } = await serveFunctionUrl('streaming.http');
  const response = await fetch(`${url}some/path`);
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(response.headers.get('x-custom')).toBe('yes');
  expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[-0-9a-f]{36}$/);
  expect(await response.text()).toBe('hello /some/path');
});

test('a response without a prelude is 200 with the content type of the stream', async () => {
  const { url } = await serveFunctionUrl('streaming.background');
  const response = await fetch(url, { method: 'POST' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toMatchObject({ version: '2.0', rawPath: '/' });
});

test('the function is called by the alias that the template publishes, as the URL calls it on AWS', async () => {
  const { url } = await serveFunctionUrl('events.context', {
    config: { invokeMode: 'BUFFERED' },
    definition: { alias: 'live' },
  });
  expect(await (await fetch(url)).text()).toMatch(/:function:Fixture:live"?$/);
});

test('a caller has the whole answer while the function goes on', async () => {
  const { url, lines } = await serveFunctionUrl('streaming.wait');
  const response = await fetch(url);
  expect(await response.text()).toBe('answered');
  expect(lines.some((line) => line.text.startsWith('END'))).toBe(false);
});

test('a function that fails before the first byte is a 502 that tells nothing', async () => {
  const { url } = await serveFunctionUrl('streaming.throwsBefore');
  const response = await fetch(url);
  expect(response.status).toBe(502);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(await response.text()).toBe('Internal Server Error');
});

test('a function that fails after the first byte ends the connection abnormally, with no end of the body', async () => {
  const { url } = await serveFunctionUrl('streaming.throwsAfter');
  const received = await sendRaw(url, 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(received).toMatch(/\r\n7\r\npartial\r\n$/);
});

test('a function whose prelude is not an HTTP response is a 502, and the developer hears why', async () => {
  const { url, warnings } = await serveFunctionUrl('streaming.badPrelude');
  const response = await fetch(url);
  expect(response.status).toBe(502);
  const requestId = String(response.headers.get('x-amzn-requestid'));
  expect(warnings).toEqual([
    `The Function URL of Fixture answered 502 to ${requestId}: Expected a prelude and 8 NUL bytes, received 13 bytes without them`,
  ]);
});

test('a function goes on when the caller hangs up', async () => {
  const { url, logged } = await serveFunctionUrl('streaming.large');
  const response = await fetch(url);
  await response.body?.cancel();
  expect((await logged('REPORT')).text).not.toContain('Status');
});

test('a caller past the reserved concurrency gets a 429', async () => {
  const { url } = await serveFunctionUrl('streaming.wait', { definition: { reservedConcurrency: 1 } });
  const first = await fetch(url);
  const second = await fetch(url);
  expect(second.status).toBe(429);
  expect(await second.json()).toEqual({
    Reason: 'ConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  });
  expect(await first.text()).toBe('answered');
});

test('a request that is not HTTP, or names a prototype, does no harm', async () => {
  const { url } = await serveFunctionUrl('streaming.echo');
  expect(await sendRaw(url, '\0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  const response = await fetch(`${url}?__proto__=a&__proto__=b`);
  expect(await response.text()).toContain('"queryStringParameters":{"__proto__":"a,b"}');
});

describe('a request', () => {
  test('has one id, for the caller, the event and the log, and a trace that the caller may name', async () => {
    const { url, logged } = await serveFunctionUrl('streaming.echo');
    const root = 'Root=1-67891233-abcdef012345678912345678';
    const { headers, body } = await send(url, { headers: { 'x-amzn-trace-id': `${root};Parent=463ac35c9f6413ad` } });
    const requestId = String(headers['x-amzn-requestid']);
    expect(JSON.parse(body)).toMatchObject({ requestContext: { requestId }, headers: { 'x-amzn-trace-id': root } });
    expect(headers['x-amzn-trace-id']).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`));
    await logged(`START RequestId: ${requestId}`);
  });

  test('of more than 6 MB is refused, counted as the event that it becomes', async () => {
    const { url, lines } = await serveFunctionUrl('http.echoes');
    const post = (body: string, type: string) => send(url, { method: 'POST', headers: { 'content-type': type }, body });
    expect(await post('x'.repeat(6_291_457), 'text/plain')).toMatchObject({ status: 413 });
    expect(await post('x'.repeat(5_000_000), 'image/png')).toMatchObject({ status: 413 });
    expect(lines).toEqual([]);
    expect(await post('x'.repeat(3_000_000), 'text/plain')).toMatchObject({ status: 200 });
  });

  test('may have more headers than Node.js takes by default, and too many are a 431', async () => {
    const { url } = await serveFunctionUrl('streaming.echo');
    const { status, body } = await send(url, { headers: { 'x-large': 'x'.repeat(40_000) } });
    expect(status).toBe(200);
    expect(body).toContain('x'.repeat(40_000));
    expect(await sendRaw(url, `GET / HTTP/1.1\r\nx-large: ${'x'.repeat(70_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

test('a port in use is named', async () => {
  const { url } = await serveFunctionUrl('streaming.echo');
  const port = Number(new URL(url).port);
  await expect(startFunctionUrl(new Promise(() => undefined), { host: '127.0.0.1', port })).rejects.toThrow(
    `Expected to listen on 127.0.0.1:${port}, but that port is in use`,
  );
});
