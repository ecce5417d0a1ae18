import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serveFunctionUrl } from '../../helpers/function-url';
import { send, sendRaw } from '../../helpers/http-client';
import { closeAll } from '../../helpers/running-pool';

const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await closeAll();
});

/** A connection on which so far only this has been said. */
async function openConnection(url: string, said = ''): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(said);
  return socket.resume();
}

const closed = (socket: Socket): Promise<unknown> => (socket.closed ? Promise.resolve() : once(socket, 'close'));

test('a page whose name was made to point here cannot call the function', async () => {
  const { url, lines } = await serveFunctionUrl('streaming.echo');
  for (const host of ['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', 'localhost.evil.example']) {
    expect(await send(url, { headers: { host } })).toMatchObject({ status: 403 });
  }
  expect(lines).toEqual([]);
  for (const host of ['localhost', 'LOCALHOST:3000', 'api.localhost', '[::1]:3000', '192.168.0.7', '127.0.0.2']) {
    expect(await send(url, { headers: { host } })).toMatchObject({ status: 200 });
  }
});

describe('a client that is too slow', () => {
  const limits = { headersTimeout: 500, requestTimeout: 800, connectionsCheckingInterval: 50 };

  test.each([
    ['with its head', 'GET / HTTP/1.1\r\nhost: localhost\r\nx-'],
    ['with its body', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhe'],
  ])('%s is sent away, and takes no environment', async (_, head) => {
    const { url, lines } = await serveFunctionUrl('streaming.echo', { limits });
    expect(await sendRaw(url, head)).toMatch(/^HTTP\/1\.1 408 /);
    expect(lines).toEqual([]);
  });

  test('has as long as it likes once it has said everything', async () => {
    const { url } = await serveFunctionUrl('http.waits', { limits });
    expect(await send(`${url}?milliseconds=1200`, {})).toMatchObject({ status: 200, body: 'waited' });
  });
});

test('clients that open many connections and say nothing keep nobody out for long', async () => {
  const limits = { headersTimeout: 1_000, connectionsCheckingInterval: 50, maxConnections: 20 };
  const { url } = await serveFunctionUrl('streaming.echo', { limits });
  const halfOpen: Socket[] = [];
  for (let count = 0; count < 200; count++) halfOpen.push(await openConnection(url, 'GET / HTTP/1.1\r\nx: '));
  await Promise.all(halfOpen.map(closed));
  expect(await send(url, {})).toMatchObject({ status: 200 });
});

test('a client that hangs up in the middle of its request takes no environment', async () => {
  const { url, lines } = await serveFunctionUrl('streaming.echo');
  const socket = await openConnection(url, 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhe');
  socket.end();
  await closed(socket);
  expect(lines).toEqual([]);
  expect(await send(url, {})).toMatchObject({ status: 200 });
});

test('requests that follow each other without waiting are answered in their order', async () => {
  const { url } = await serveFunctionUrl('streaming.echo');
  const get = (path: string, more = '') => `GET /${path} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`;
  const received = await sendRaw(url, get('first') + get('second') + get('third', 'connection: close\r\n'));
  expect(received.match(/"rawPath":"\/\w+"/g)).toEqual([
    '"rawPath":"/first"',
    '"rawPath":"/second"',
    '"rawPath":"/third"',
  ]);
});
