import { once } from 'node:events';
import { connect } from 'node:net';
import { startFunctionUrl } from '../../../local/function-url/server';
import { closeAll, closeLater, runningPool, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

const anyPort = { host: '127.0.0.1', port: 0 };

async function served(...args: Parameters<typeof runningPool>): Promise<RunningPool & { url: string }> {
  const running = runningPool(...args);
  const { url } = closeLater(await startFunctionUrl(running.pool, anyPort));
  return { ...running, url };
}

test('a response has the status, the headers and the cookies of its prelude, and its body after it', async () => {
  const { url } = await served('streaming.http');
  const response = await fetch(`${url}some/path`);
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(response.headers.get('x-custom')).toBe('yes');
  expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[-0-9a-f]{36}$/);
  expect(await response.text()).toBe('hello /some/path');
});

test('a response without a prelude is 200 with the content type of the stream', async () => {
  const { url } = await served('streaming.background');
  const response = await fetch(url, { method: 'POST' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toMatchObject({ version: '2.0', rawPath: '/' });
});

test('a caller has the whole answer while the function goes on', async () => {
  const { url, lines } = await served('streaming.wait');
  const response = await fetch(url);
  expect(await response.text()).toBe('answered');
  expect(lines.some((line) => line.text.startsWith('END'))).toBe(false);
});

test('a function that fails before the first byte is a 502 that tells nothing', async () => {
  const { url } = await served('streaming.throwsBefore');
  const response = await fetch(url);
  expect(response.status).toBe(502);
  expect(await response.json()).toEqual({ message: 'Internal Server Error' });
});

test('a function that fails after the first byte ends the connection abnormally', async () => {
  const { url } = await served('streaming.throwsAfter');
  const response = await fetch(url);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('a function whose prelude is not an HTTP response is a 502', async () => {
  const { url } = await served('streaming.badPrelude');
  expect((await fetch(url)).status).toBe(502);
});

test('a function goes on when the caller hangs up', async () => {
  const { url, logged } = await served('streaming.large');
  const response = await fetch(url);
  await response.body?.cancel();
  expect((await logged('REPORT')).text).not.toContain('Status');
});

test('a caller past the reserved concurrency gets a 429', async () => {
  const { url } = await served('streaming.wait', { reservedConcurrency: 1 });
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

describe('what a handler that does not stream returns', () => {
  const answerTo = async (returned: unknown): Promise<Response> => {
    const { url } = await served('buffered.returns');
    return fetch(`${url}?return=${encodeURIComponent(JSON.stringify(returned))}`);
  };

  test('is a response when it has a status code', async () => {
    const response = await answerTo({
      statusCode: 404,
      headers: { 'Content-Type': 'text/plain' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('nothing here').toString('base64'),
      isBase64Encoded: true,
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('nothing here');
  });

  test('is a JSON body when it has none', async () => {
    const response = await answerTo({ message: 'Hello' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ message: 'Hello' });
  });

  test('is a 502 when it cannot be sent', async () => {
    expect((await answerTo({ statusCode: 'nonsense' })).status).toBe(502);
    expect((await answerTo({ statusCode: 200, headers: { 'bad header': 'x' } })).status).toBe(502);
  });
});

test('a request that is not HTTP, or names a prototype, does no harm', async () => {
  const { url } = await served('streaming.echo');
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('\0\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
  const response = await fetch(`${url}?__proto__=a&__proto__=b`);
  expect(await response.text()).toContain('"queryStringParameters":{"__proto__":"a,b"}');
});

test('a port in use is named', async () => {
  const { pool, url } = await served('streaming.echo');
  const port = Number(new URL(url).port);
  await expect(startFunctionUrl(pool, { host: '127.0.0.1', port })).rejects.toThrow(
    `Expected to listen on 127.0.0.1:${port}, but that port is in use`,
  );
});
