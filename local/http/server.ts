import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerOptions } from 'node:http';
import * as v from 'valibot';
import { ObservedResponse } from './observed-response';

export interface HttpServer {
  readonly port: number;
  /** `http://127.0.0.1:3000`, no slash at the end. */
  readonly origin: string;
  /** Ends every connection, those in use included. */
  close(): Promise<void>;
}

export interface HttpServerOptions extends ServerOptions {
  readonly host: string;
  readonly port: number;
  /** Past it a new connection is closed at once; no limit by default. */
  readonly maxConnections?: number;
}

export type RequestListener = (request: IncomingMessage, response: ObservedResponse) => void;

export async function startHttpServer(
  listener: RequestListener,
  { host, port, maxConnections = Infinity, ...options }: HttpServerOptions,
): Promise<HttpServer> {
  const server = createServer({ ...options, ServerResponse: ObservedResponse }, listener);
  server.maxConnections = maxConnections;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`Expected to listen on ${host}:${port}, but ${reasonOf(error)}`, { cause: error });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`Expected a TCP address on ${host}:${port}, received ${String(address)}`);
  }
  return {
    port: address.port,
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Resolves to undefined when the body is longer than `limit` bytes; the rest of it is then read and thrown away. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('Expected bytes, received text: the request has an encoding set');
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}

/** The value of a header, its name given in lower case; one that may be repeated is joined by commas. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

export interface RequestTarget {
  /** As it was sent, percent-encoding and all. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
}

/** Splits what follows the method in a request: `/path?query`, or, as a client of a proxy sends it, a whole URL. */
export function parseRequestTarget(target: string): RequestTarget {
  const local = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, query: mark < 0 ? '' : local.slice(mark + 1) };
}

const reasonOf = (error: unknown): string =>
  v.is(v.object({ code: v.literal('EADDRINUSE') }), error) ? 'that port is in use' : String(error);
