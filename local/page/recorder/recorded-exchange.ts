import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ObservedExchange } from '../../http/observed-exchange';
import type { Header, RequestState, ResponseState } from '../state';
import { KeptBody } from './kept-body';
import { commandFor } from './command-line';

/** What came and what was answered: looked at as it goes by, and put into words only when somebody wants to see it. */
export class RecordedExchange {
  readonly #asked: Pick<ObservedExchange, 'door' | 'functionName'> & RequestLine;
  readonly #requestBody = new KeptBody();
  readonly #responseBody = new KeptBody();
  /** Until it is closed: what is kept of hundreds must not hold their connections. */
  #response: ServerResponse | undefined;
  #status: number | undefined;
  #headers: OutgoingHttpHeaders = {};
  #isWhole = false;

  /** @param onChange called at each part of the response, and when it is over */
  constructor({ door, functionName, request, body, response }: ObservedExchange, onChange: () => void) {
    const { method = 'GET', url: target = '/', rawHeaders, headers } = request;
    this.#asked = { door, functionName, method, target, rawHeaders, host: headers.host ?? 'localhost' };
    this.#response = response;
    if (body) this.#requestBody.add(body);
    response.onChunk = (chunk) => {
      this.#responseBody.add(chunk);
      this.#status = response.statusCode;
      onChange();
    };
    response.once('close', () => {
      this.#close(response);
      onChange();
    });
  }

  get status(): number | undefined {
    return this.#status;
  }

  get isClosed(): boolean {
    return this.#response === undefined;
  }

  /** Another text once there is another response to show. Of a long one only the head and the end are shown. */
  get version(): string {
    const { bytes } = this.#responseBody;
    return `${this.#status ?? ''} ${this.isClosed} ${bytes > longBody ? '' : bytes}`;
  }

  get request(): RequestState {
    const { method, target, rawHeaders, host } = this.#asked;
    const request = { method, target, headers: pairsOf(rawHeaders), body: this.#requestBody.state };
    return { ...request, command: commandFor(request, { ...this.#asked, address: `http://${host}` }) };
  }

  /** Undefined as long as its status is not known. */
  get response(): ResponseState | undefined {
    if (this.#status === undefined) return undefined;
    const now = this.#response?.getHeaders() ?? this.#headers;
    const headers = Object.entries(now).flatMap(([name, value]) => headerLines(name, value));
    return { status: this.#status, headers, body: this.#responseBody.state, complete: !this.isClosed || this.#isWhole };
  }

  #close(response: ServerResponse): void {
    if (response.headersSent) this.#status = response.statusCode;
    this.#headers = response.getHeaders();
    this.#isWhole = response.writableFinished;
    this.#response = undefined;
  }
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly host: string;
}

/** Bytes past which a body is not sent to the page again and again while it grows. */
const longBody = 65_536;

function pairsOf(rawHeaders: readonly string[]): Header[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : [],
  );
}

function headerLines(name: string, value: number | string | string[] | undefined): Header[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [String(value)]).map((line) => [name, line] as const);
}
