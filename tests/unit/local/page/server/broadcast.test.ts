import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { Recorder } from '../../../../../local/page/recorder/recorder';
import { Broadcast } from '../../../../../local/page/server/broadcast';

/** A response to somebody who is connected, and who leaves when the returned socket is destroyed. */
async function startResponse(): Promise<{ http: ServerResponse; socket: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port');
  const arrived = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const client = connect(address.port, '127.0.0.1');
  client.on('error', () => undefined).resume();
  const socket = await arrived;
  server.close();
  const http = new ServerResponse(new IncomingMessage(socket));
  http.assignSocket(socket);
  return { http, socket };
}

test('a viewer who leaves while the event files are read is none', async () => {
  let looks = 0;
  const queuedEvents = () => {
    looks += 1;
    return [];
  };
  const lambda = { pools: [], functionUrls: [], apiUrl: '', queuedEvents, eventFolder: 'events' };
  const broadcast = new Broadcast(new Recorder(), lambda);
  const { http, socket } = await startResponse();
  const adding = broadcast.addViewer(http);
  socket.destroy();
  await Promise.all([adding, once(http, 'close')]);
  expect(looks).toBe(0);
  expect(http.headersSent).toBe(false);
  broadcast.close();
});
