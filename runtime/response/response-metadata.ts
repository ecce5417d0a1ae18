/** What an HTTP caller gets besides the body. A direct caller gets the body only. */
export interface ResponseMetadata {
  /** 200 to 599; 200 when left out. 204 and 304 send no body. */
  readonly statusCode?: number;
  /** By name, or pairs as a Headers object has them; each name once, whatever its case. A `set-cookie` is one more cookie. */
  readonly headers?: Readonly<Record<string, string>> | Iterable<readonly [string, string]>;
  /** One `set-cookie` header each, for instance `theme=dark; Path=/; Secure`. */
  readonly cookies?: readonly string[];
}
