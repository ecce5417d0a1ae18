import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { errorsIn, onBothRuntimes } from '../../helpers/adapters';
import { folderWith } from '../../helpers/folder-with';
import { outcomes } from '../../helpers/function-records';

/** Docs: docs/adopt.md, "what is sent", and docs/failures.md. */
onBothRuntimes('fetch-adapter', ({ lambda, urlOf, observed }) => {
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${urlOf('App')}${path}`, { redirect: 'manual', ...init });
  const serverError = { status: 500, body: '{"message":"Internal Server Error"}' };
  const read = async (response: Response) => ({ status: response.status, body: await response.text() });

  test('status, headers, and each Set-Cookie a cookie', async () => {
    const response = await get('/cookies');
    expect(await read(response)).toEqual({ status: 201, body: '<p>' });
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('x-kind')).toBe('test');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
  });

  test.each([
    [200, 'body'],
    [204, ''],
    [205, ''],
    [304, ''],
    [404, 'body'],
    [418, 'body'],
    [599, 'body'],
  ])('the status %i', async (status, body) => {
    const response = await get(`/status?status=${status}`);
    expect(await read(response)).toEqual({ status, body });
    expect(response.headers.get('etag')).toBe('"1"');
    expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
  });

  test('a redirect is passed on', async () => {
    const response = await get('/redirect');
    expect({ status: response.status, location: response.headers.get('location') }).toEqual({
      status: 307,
      location: `${urlOf('App')}/elsewhere?a=b`,
    });
  });

  test('HEAD: the head alone, and a body that would be streamed is cancelled', async () => {
    const response = await get('/endless', { method: 'HEAD' });
    expect(await read(response)).toEqual({ status: 200, body: '' });
    const { lines, report } = await observed(response);
    expect(lines.join()).toContain('{"cancelled"');
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
  });

  test.each([
    ['HEAD', '', 200, ''],
    ['GET', '?status=204', 204, ''],
    ['GET', '?status=101', 500, '{"message":"Internal Server Error"}'],
  ])('%s %s: nothing waits for a body to be cancelled that is not sent', async (method, query, status, body) => {
    const response = await get(`/cancelled-for-ever${query}`, { method });
    expect(await read(response)).toEqual({ status, body });
    const { report } = await observed(response);
    expect(report.handler).toBe(status === 500 ? 'failed' : 'completed');
  });

  test('HEAD: a body that cannot be cancelled is a failure, and the answer goes', async () => {
    const response = await get('/cancel-fails', { method: 'HEAD' });
    expect(await read(response)).toEqual({ status: 200, body: '' });
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject([
      { message: 'Error that nobody caught', error: { message: 'no cancel' } },
    ]);
    expect(observation.report).toMatchObject({ handler: 'completed', failures: 1 });
  });

  test('an empty stream', async () => {
    expect(await read(await get('/empty'))).toEqual({ status: 200, body: '' });
  });

  test('a part is sent before the next one is there', async () => {
    const file = join(await folderWith({}), 'go-on');
    const response = await get(`/pieces?file=${encodeURIComponent(file)}`);
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('one');
    await writeFile(file, '');
    expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('two');
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  test('100 MB, byte for byte, without being held in memory', async () => {
    const count = 1_600;
    const expected = createHash('sha256');
    for (let part = 0; part < count; part += 1) expected.update(new Uint8Array(65_536).fill(part));
    const response = await get(`/large?count=${count}`);
    const received = createHash('sha256').update(new Uint8Array(await response.arrayBuffer()));
    expect(received.digest('hex')).toBe(expected.digest('hex'));
    const { lines, report } = await observed(response);
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
    const [, used] = /Max Memory Used: (\d+) MB/.exec(lines.join()) ?? [];
    expect(Number(used)).toBeLessThan(128);
  });

  test('a caller who reads slowly holds the body back', async () => {
    const { host, port } = new URL(urlOf('App'));
    const socket = connect(Number(port), '127.0.0.1');
    socket.pause();
    socket.write(`GET /held-back HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    await lambda().waitForLog(({ text }) => text === 'held back');
    let received = 0;
    for await (const chunk of socket) received += Buffer.isBuffer(chunk) ? chunk.length : 0;
    expect(received).toBeGreaterThan(64 * 1_048_576);
  });

  test('a body without an end is cancelled when the connection to the Runtime API breaks', async () => {
    const leaving = new AbortController();
    const reading = get('/disconnected', { signal: leaving.signal }).then((response) => response.arrayBuffer());
    await lambda().waitForLog(({ text }) => text === 'cancelled');
    await lambda().waitForLog(({ text }) => text.includes('The connection to the Runtime API broke'));
    leaving.abort();
    await expect(reading).rejects.toThrow();
  });

  test('the tasks start when the body has ended', async () => {
    const response = await get('/tasks');
    expect(await response.text()).toBe('one');
    const { records, report } = await observed(response);
    expect(records.map(({ message }) => message)).toEqual(['Body ends', 'Task started', 'Invocation report']);
    expect(outcomes(report)).toEqual([
      ['task 1', 'completed'],
      ['after the body', 'completed'],
    ]);
  });

  test.each([
    ['/throws', 'TypeError', 'no database'],
    ['/rejects', 'TypeError', 'no database'],
    ['/error', 'InvalidResponseError', 'Expected a status code from 200 to 599, received 0'],
    ['/nothing', 'InvalidResponseError', 'Expected a Response, received undefined'],
    ['/read', 'InvalidResponseError', 'Expected a Response whose body nobody has read, received one that was'],
  ])('%s: a 500 without detail, ERROR', async (path, name, message) => {
    const response = await get(path);
    expect(await read(response)).toEqual(serverError);
    expect(response.headers.get('content-type')).toBe('application/json');
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject([
      { message: 'Handler failed before the response', error: { name, message } },
    ]);
    expect(observation.report).toMatchObject({ handler: 'failed', failures: 1 });
  });

  test('no answer within its time: a 504, and the environment goes on', async () => {
    const response = await fetch(`${urlOf('Hasty')}/never`);
    expect(await read(response)).toEqual({ status: 504, body: '{"message":"Gateway Timeout"}' });
    expect((await observed(response)).report).toMatchObject({ handler: 'cut off' });
    const next = await fetch(`${urlOf('Hasty')}/cookies`);
    expect((await observed(next)).report).toMatchObject({ coldStart: false, failures: 0 });
  });

  test.each([
    ['/breaks', 'TypeError', 'no more of it'],
    ['/breaks-at-once', 'TypeError', 'none of it'],
    ['/object', 'TypeError', 'Expected a body of text or bytes, received object'],
  ])(
    '%s: the connection ends without the end of the body, ERROR, and the environment goes on',
    async (path, name, message) => {
      const response = await get(path);
      await expect(response.text()).rejects.toThrow('terminated');
      const observation = await observed(response);
      expect(errorsIn(observation)).toMatchObject([
        { message: 'Handler failed after the response', error: { name, message } },
      ]);
      expect(observation.report).toMatchObject({ handler: 'failed', failures: 1 });
      const next = await get('/cookies');
      expect((await observed(next)).report).toMatchObject({ coldStart: false, failures: 0 });
    },
  );

  test('a body that still streams when the grace is over: cut off, cancelled, no end of the body', async () => {
    const response = await fetch(`${urlOf('Hasty')}/endless`);
    await expect(response.text()).rejects.toThrow('terminated');
    const observation = await observed(response);
    expect(observation.records.filter(({ level }) => level === 'ERROR')).toMatchObject([
      { message: 'Handler cut off' },
    ]);
    expect(observation.report).toMatchObject({ handler: 'cut off', failures: 0 });
    expect(observation.lines.join()).toContain(
      '{"cancelled":"InvocationEndedError: Expected a body to end with its invocation, it went on"}',
    );
    expect(observation.lines.join()).not.toContain('Task timed out');
    const next = await fetch(`${urlOf('Hasty')}/cookies`);
    expect((await observed(next)).report).toMatchObject({ coldStart: false, failures: 0 });
    // Nothing of the one before is left to fail.
    expect((await observed(next)).lines.join()).not.toContain('after its invocation had ended');
  });
});
