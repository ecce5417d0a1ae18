import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { EventRequest } from './event-request';
import { headerRecord, queryStringOf } from './multi-values';

/**
 * Payload format 2.0, of a Function URL.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export class UrlRequest extends EventRequest<LambdaFunctionURLEvent> {
  get method(): string {
    return this.event.requestContext.http.method;
  }

  get path(): string {
    return text(this.event.rawPath) ?? '/';
  }

  get queryString(): string {
    const { rawQueryString, queryStringParameters } = this.event;
    return text(rawQueryString) ?? queryStringOf(queryStringParameters);
  }

  /** A Function URL sends the cookies twice, an event that was typed by hand often only as `cookies`. */
  protected readHeaders(): Readonly<Record<string, string | undefined>> {
    const { headers, cookies } = this.event;
    return headerRecord(headers, { cookie: cookies });
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
