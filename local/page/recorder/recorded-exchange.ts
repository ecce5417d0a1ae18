import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObservedExchange } from '../../http/observed-exchange';
import type { Header, RequestState, ResponseState } from '../state';
import { KeptBody } from './kept-body';
import { commandFor } from './command-line';

/** What came and what was answered: looked at as it goes by, and put into words only when somebody wants to see it. */
export class RecordedExchange {
  readonly #exchange: ObservedExchange;
  readonly #requestBody = new KeptBody();
  readonly #responseBody = new KeptBody();
  #status: number | undefined;
  #isClosed = false;

  /** @param onChange called at each part of the response, and when it is over */
  constructor(exchange: ObservedExchange, onChange: () => void) {
    this.#exchange = exchange;
    if (exchange.body) this.#requestBody.add(exchange.body);
    observeWrites(exchange.response, (chunk) => {
      this.#responseBody.add(chunk);
      this.#status = exchange.response.statusCode;
      onChange();
    });
    exchange.response.once('close', () => {
      this.#isClosed = true;
      if (exchange.response.headersSent) this.#status = exchange.response.statusCode;
      onChange();
    });
  }

  get status(): number | undefined {
    return this.#status;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Another text once there is another response to show. Of a long one only the head and the end are shown. */
  get version(): string {
    const { bytes } = this.#responseBody;
    return `${this.#status ?? ''} ${this.#isClosed} ${bytes > longBody ? '' : bytes}`;
  }

  get request(): RequestState {
    const { method = 'GET', url: target = '/' } = this.#exchange.request;
    const headers = headersOf(this.#exchange.request);
    const request = { method, target, headers, body: this.#requestBody.state };
    const address = `http://${this.#exchange.request.headers.host ?? 'localhost'}`;
    return { ...request, command: commandFor(request, { ...this.#exchange, address }) };
  }

  /** Undefined as long as its status is not known. */
  get response(): ResponseState | undefined {
    if (this.#status === undefined) return undefined;
    const { response } = this.#exchange;
    const headers = Object.entries(response.getHeaders()).flatMap(([name, value]) => headerLines(name, value));
    const complete = !this.#isClosed || response.writableFinished;
    return { status: this.#status, headers, body: this.#responseBody.state, complete };
  }
}

/** Bytes past which a body is not sent to the page again and again while it grows. */
const longBody = 65_536;

function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : [],
  );
}

function headerLines(name: string, value: number | string | string[] | undefined): Header[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [String(value)]).map((line) => [name, line] as const);
}

/** Node.js tells of a response when it begins and when it ends, not of what is in it: so its two doors are watched. */
function observeWrites(response: ServerResponse, onChunk: (chunk: Uint8Array) => void): void {
  for (const name of ['write', 'end'] as const) {
    const original: unknown = Reflect.get(response, name);
    if (typeof original !== 'function') continue;
    Reflect.set(response, name, function observed(this: unknown, ...args: unknown[]): unknown {
      const [chunk] = args;
      if (chunk instanceof Uint8Array) onChunk(chunk);
      else if (typeof chunk === 'string') onChunk(Buffer.from(chunk));
      const result: unknown = Reflect.apply(original, this, args);
      return result;
    });
  }
}
