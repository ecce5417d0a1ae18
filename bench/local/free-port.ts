import { once } from 'node:events';
import { createServer } from 'node:net';

/** For tools that do not take 0 for any free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`Expected a port, received ${address}`);
  return address.port;
}
