import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { startHttpServer, type HttpServer, type HttpServerOptions, type RequestListener } from './server';

/** What a client may take, in milliseconds, in connections and in bytes. */
export type ConnectionLimits = Pick<
  HttpServerOptions,
  'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval' | 'maxConnections' | 'maxHeaderSize'
>;

export interface GuardedServerOptions {
  readonly host: string;
  readonly port: number;
  readonly limits?: ConnectionLimits | undefined;
}

/** Clients that say nothing, or little at a time, must not pile up; one that is answered may take its time. */
const defaultLimits: ConnectionLimits = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  maxConnections: 1_000,
  maxHeaderSize: 65_536,
};

/** An HTTP server for clients of all kinds, web pages that have no business here among them. */
export function startGuardedServer(
  listener: RequestListener,
  { host, port, limits }: GuardedServerOptions,
): Promise<HttpServer> {
  return startHttpServer(
    (request, response) => {
      // A client of HTTP/1.0 may read until the connection ends, whatever it asks for.
      if (request.httpVersion === '1.0') response.shouldKeepAlive = false;
      if (isLoopback(host) && !isLocalName(hostName(request.headers.host))) {
        refuse(response, 'Expected a Host of this machine: localhost, or an IP address');
      } else {
        listener(request, response);
      }
    },
    { host, port, ...defaultLimits, ...limits },
  );
}

/**
 * True for a request that says itself that a web page of another site has sent it. Not for all of those: what an image, a
 * script or a link of such a page asks for by GET has no Origin, as what a client has that is no browser.
 */
export function isFromForeignPage({ headers }: IncomingMessage): boolean {
  const { origin } = headers;
  return origin !== undefined && !isLoopback(hostName(origin.replace(/^https?:\/\//, ''))) && !isOwnPage(headers);
}

export function refuse(response: ServerResponse, message: string): void {
  response.writeHead(403, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' });
  response.end(JSON.stringify({ message }));
}

/**
 * A page that was asked for by an address of this machine, and now asks for more by the same. Where `--host` lets in every
 * Host, names are still no proof: see isLocalName.
 */
const isOwnPage = ({ origin, host }: IncomingHttpHeaders): boolean =>
  origin === `http://${String(host)}` && isIP(hostName(host)) > 0;

/** Whether what listens on this address can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

/**
 * A web page can have its own name resolve to 127.0.0.1 and so become of the same origin as this server (DNS
 * rebinding). It cannot do so with an address, nor with a name that is not in the public DNS.
 */
const isLocalName = (name: string): boolean =>
  name === '' || isIP(name) > 0 || isLoopback(name) || name === 'host.docker.internal';

/** The name or address in a Host header; that of an HTTP/1.0 client, which need not send one, is empty. */
const hostName = (host = ''): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
