import { connect } from 'node:net';
import { serveFunctionUrl } from '../../helpers/function-url';
import { send } from '../../helpers/http-client';
import { closeAll } from '../../helpers/running-pool';

afterEach(closeAll);

describe('what a handler that does not stream returns', () => {
  const answerTo = async (returned: unknown): Promise<Response> => {
    const { url } = await serveFunctionUrl('buffered.returns');
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
    const returned = encodeURIComponent(JSON.stringify({ statusCode: 201, body: 'hello' }));
    const { status, headers, body } = await send(`${url}?return=${returned}`, {});
    expect({ status, body, length: headers['content-length'] }).toEqual({ status: 201, body: 'hello', length: '5' });
  });

  test('a streaming handler shows its prelude in the body, as on AWS', async () => {
    const { url } = await serveFunctionUrl('streaming.http', { config });
    const { status, headers, body } = await send(url, {});
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/json' });
    expect(body).toMatch(/^\{"statusCode":201,.*\}\0{8}hello \/$/);
  });

  test.each(['streaming.throwsAfter', 'streaming.large'])(
    '%s is a 502, since nothing has been sent yet',
    async (handler) => {
      const { url } = await serveFunctionUrl(handler, { config });
      expect(await send(url, {})).toMatchObject({ status: 502, body: '{"message":"Internal Server Error"}' });
    },
  );
});
