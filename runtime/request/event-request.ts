import { BadRequestError } from '../errors';
import { decodeBase64 } from './body';
import { cookiesIn } from './cookies';
import type { HttpRequest } from './http-request';

interface HttpEvent {
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** What both payload formats have in common. Nothing in it is sure: an event may have been typed by hand. */
export abstract class EventRequest<Event extends HttpEvent> implements Omit<HttpRequest, 'event'> {
  readonly caller = 'http';
  readonly event: Event;
  #bodyLength: number | undefined;
  #query: URLSearchParams | undefined;
  #headers: Readonly<Record<string, string | undefined>> | undefined;
  #cookies: ReadonlyMap<string, string> | undefined;

  constructor(event: Event) {
    this.event = event;
  }

  abstract get method(): string;
  abstract get path(): string;
  abstract get queryString(): string;

  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.queryString));
  }

  get headers(): Readonly<Record<string, string | undefined>> {
    return (this.#headers ??= this.readHeaders());
  }

  get contentType(): string | undefined {
    const { headers } = this.event;
    const contentType = typeof headers === 'object' ? headers?.['content-type'] : undefined;
    return typeof contentType === 'string' ? contentType : this.headers['content-type'];
  }

  get cookies(): ReadonlyMap<string, string> {
    return (this.#cookies ??= cookiesIn(this.headers['cookie']));
  }

  get body(): Buffer {
    return Buffer.from(this.#encodedBody, this.#encoding);
  }

  get bodyLength(): number {
    return (this.#bodyLength ??= Buffer.byteLength(this.#encodedBody, this.#encoding));
  }

  get text(): string {
    return this.#encoding === 'base64' ? decodeBase64(this.#encodedBody) : this.#encodedBody;
  }

  protected abstract readHeaders(): Readonly<Record<string, string | undefined>>;

  get #encodedBody(): string {
    const body: unknown = this.event.body ?? '';
    if (typeof body === 'string') return body;
    throw new BadRequestError(`Expected an event whose body is a string, received ${typeof body}`);
  }

  get #encoding(): 'base64' | 'utf8' {
    return this.event.isBase64Encoded === true ? 'base64' : 'utf8';
  }
}
