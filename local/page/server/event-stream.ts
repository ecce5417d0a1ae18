import type { ServerResponse } from 'node:http';

/** Bytes that may wait for a browser that is too slow, or asleep. */
const mostWaiting = 8 * 1_048_576;

/**
 * A response of server-sent events. One whose browser does not keep up is broken off: the browser connects again, and
 * begins with the whole.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream {
  readonly #http: ServerResponse;

  constructor(http: ServerResponse, onClose: () => void) {
    this.#http = http;
    http.once('close', onClose);
    http.writeHead(200, { 'content-type': 'text/event-stream' });
    http.write('retry: 500\n\n');
  }

  send(event: string, data: object): void {
    this.sendText(event, JSON.stringify(data));
  }

  /** @param json without newlines */
  sendText(event: string, json: string): void {
    if (this.#http.writableLength > mostWaiting) this.#http.destroy();
    else this.#http.write(`event: ${event}\ndata: ${json}\n\n`);
  }
}
