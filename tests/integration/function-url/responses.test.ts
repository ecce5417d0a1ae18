import { connect } from 'node:net';
import { serveFunctionUrl } from '../../helpers/function-url';
import { send } from '../../helpers/http-client';
import { closeAll } from '../../helpers/running-pool';

afterEach(closeAll);

const query = (returned: unknown): string => `?return=${encodeURIComponent(JSON.stringify(returned))}`;

describe('what a handler that does not stream returns', () => {
  const answerTo = async (returned: unknown): Promise<Response> => {
    const { url } = await serveFunctionUrl('buffered.returns', { config: { invokeMode: 'BUFFERED' } });
    return fetch(`${url}${query(returned)}`);
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

describe('behind RESPONSE_STREAM, what a handler that does not stream returns', () => {
  const served = { statusCode: 404, headers: { 'content-type': 'text/plain' }, body: 'nothing here' };

  test('is the body, as JSON, with status 200, and one warning says why', async () => {
    const { url, warnings } = await serveFunctionUrl('buffered.returns');
    const ask = () => fetch(`${url}${query(served)}`);
    for (const response of [await ask(), await ask()]) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual(served);
    }
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The Function URL of Fixture has InvokeMode RESPONSE_STREAM, but .* InvokeMode to BUFFERED/,
      ),
    ]);
  });

  test.each([[{ message: 'Hello' }], ['Hello'], [[1]], [null]])(
    'is nothing to warn of when it is %j',
    async (returned) => {
      const { url, warnings } = await serveFunctionUrl('buffered.returns');
      expect(await (await fetch(`${url}${query(returned)}`)).text()).toBe(JSON.stringify(returned));
      expect(warnings).toEqual([]);
    },
  );
});

test('a handler that does not stream and fails is a 502 in plain text', async () => {
  const { url } = await serveFunctionUrl('buffered.throws', { config: { invokeMode: 'BUFFERED' } });
  const { status, headers, body } = await send(url, {});
  expect({ status, type: headers['content-type'], body }).toEqual({
    status: 502,
    type: 'text/plain',
    body: 'Internal Server Error',
  });
});

describe('the response of a streaming handler', () => {
  const answer = async (metadata: object, method = 'GET') => {
    const { url } = await serveFunctionUrl('http.answers');
    return send(`${url}?metadata=${encodeURIComponent(JSON.stringify(metadata))}`, { method });
  };

  test('keeps what belongs to the connection out, and gives another name to what AWS says itself', async () => {
    const { headers, body } = await answer({
      headers: {
        Connection: 'upgrade',
        'Content-Length': '1',
        Date: 'today',
        'Transfer-Encoding': 'gzip',
        'WWW-Authenticate': 'Basic',
        'X-Number': 1,
        'X-List': ['a', 'b'],
        'X-Latin': 'é',
      },
    });
    expect(body).toBe('hello');
    expect(headers).toMatchObject({
      connection: 'close',
      'content-type': 'application/octet-stream',
      'transfer-encoding': 'chunked',
      'x-amzn-remapped-connection': 'upgrade',
      'x-amzn-remapped-content-length': '1',
      'x-amzn-remapped-date': 'today',
      'x-amzn-remapped-www-authenticate': 'Basic',
      'x-list': 'a,b',
      'x-latin': 'é',
      'x-number': '1',
    });
    expect(headers).not.toHaveProperty('content-length');
  });

  test.each([
    [204, 'GET'],
    [304, 'GET'],
    [200, 'HEAD'],
  ])('of status %p to a %s has no body', async (statusCode, method) => {
    const { status, headers, body } = await answer({ statusCode, headers: { etag: '"1"' } }, method);
    expect({ status, body, etag: headers.etag }).toEqual({ status: statusCode, body: '', etag: '"1"' });
  });

  test('is read however its prelude was cut', async () => {
    const { url } = await serveFunctionUrl('http.cutsPrelude');
    const { status, headers, body } = await send(url, {});
    expect({ status, body, cut: headers['x-cut'] }).toEqual({ status: 202, body: 'hello', cut: 'yes' });
  });

  test('is a 200 without its headers when nothing is written, and one warning says why', async () => {
    const { url, warnings } = await serveFunctionUrl('http.writesNothing');
    for (const { status, headers, body } of [await send(url, {}), await send(url, {})]) {
      expect({ status, body, type: headers['content-type'] }).toEqual({
        status: 200,
        body: '',
        type: 'application/octet-stream',
      });
      expect(headers).not.toHaveProperty('location');
    }
    expect(warnings).toEqual([expect.stringContaining('ended its HttpResponseStream without writing to it')]);
  });

  test('needs no more than an empty string for its status to be sent', async () => {
    const { url, warnings } = await serveFunctionUrl('http.writesEmpty');
    const { status, headers, body } = await send(url, {});
    expect({ status, body, location: headers.location }).toEqual({ status: 302, body: '', location: '/elsewhere' });
    expect(warnings).toEqual([]);
  });

  test('is a 502 when its prelude is JSON, but no object', async () => {
    const { url, warnings } = await serveFunctionUrl('http.listAsPrelude');
    expect(await send(url, {})).toMatchObject({ status: 502, body: 'Internal Server Error' });
    expect(warnings).toEqual([expect.stringContaining('Expected response metadata as a JSON object, received [1]')]);
  });

  test('waits for a caller who reads slowly', async () => {
    const { url, logged, lines } = await serveFunctionUrl('http.streams');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    await logged('held back');
    expect(lines.some(({ text }) => text.startsWith('END'))).toBe(false);
    let received = 0;
    for await (const chunk of socket) received += Buffer.isBuffer(chunk) ? chunk.length : 0;
    expect(received).toBeGreaterThan(64 * 1_048_576);
    await logged('END');
  });
});

describe('with InvokeMode BUFFERED', () => {
  const config = { invokeMode: 'BUFFERED' } as const;

  test('a handler that does not stream is answered for in one piece', async () => {
    const { url } = await serveFunctionUrl('buffered.returns', { config });
    const { status, headers, body } = await send(`${url}${query({ statusCode: 201, body: 'hello' })}`, {});
    expect({ status, body, length: headers['content-length'] }).toEqual({ status: 201, body: 'hello', length: '5' });
  });

  test('a streaming handler shows its prelude in the body, as on AWS, and one warning says why', async () => {
    const { url, warnings } = await serveFunctionUrl('streaming.http', { config });
    for (const answer of [await send(url, {}), await send(url, {})]) {
      const { status, headers, body } = answer;
      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/json' });
      expect(body).toMatch(/^\{"statusCode":201,.*\}\0{8}hello \/$/);
    }
    expect(warnings).toEqual([
      expect.stringMatching(/^The Function URL of Fixture has InvokeMode BUFFERED, .* set InvokeMode: RESPONSE_STREAM/),
    ]);
  });

  test('what a handler streams without status and headers is nothing to warn of', async () => {
    const { url, warnings } = await serveFunctionUrl('streaming.background', { config });
    expect(await send(url, {})).toMatchObject({ status: 200 });
    expect(warnings).toEqual([]);
  });

  test.each(['streaming.throwsAfter', 'streaming.large'])(
    '%s is a 502, since nothing has been sent yet',
    async (handler) => {
      const { url } = await serveFunctionUrl(handler, { config });
      expect(await send(url, {})).toMatchObject({ status: 502, body: 'Internal Server Error' });
    },
  );
});
