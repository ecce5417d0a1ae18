import type { APIGatewayProxyEvent, LambdaFunctionURLEvent } from 'aws-lambda';

/**
 * The HTTP request that an event holds, in one shape for a Function URL (payload format 2.0) and a REST API (1.0). Each
 * part is read from the event when it is first asked for; what the event lacks is empty.
 */
export interface HttpRequest {
  readonly caller: 'http';
  readonly method: string;
  /** Percent-encoded as it was sent, where the event keeps that: a Function URL does. Of a REST API without the stage. */
  readonly path: string;
  /**
   * Without the question mark; empty when there is none. As it was sent to a Function URL; a REST API tells the decoded
   * values, which are encoded again.
   */
  readonly queryString: string;
  /** Each value decoded. */
  readonly query: URLSearchParams;
  /** Names in lower case; a header that was sent several times has its values joined by a comma, cookies by a semicolon. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The header `content-type`, found without reading all of them. */
  readonly contentType: string | undefined;
  /** By name, each value as it was sent. Of a name that was sent twice, the first, as RFC 6265 has it. */
  readonly cookies: ReadonlyMap<string, string>;
  /** The bytes, after base64. Throws a BadRequestError when the event has a body that is no string. */
  readonly body: Buffer;
  /** Of the body, in bytes, known without decoding it. */
  readonly bodyLength: number;
  /** The body as text. Throws a BadRequestError when it is not UTF-8. */
  readonly text: string;
  /** As AWS's types have it, which nobody has checked: an event that was typed by hand may lack parts of it. */
  readonly event: LambdaFunctionURLEvent | APIGatewayProxyEvent;
}
