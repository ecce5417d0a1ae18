import { parseMetadata, type ResponseMetadata } from './prelude';

/**
 * What a handler that does not stream has returned, as a Function URL reads it: with a statusCode it is a response,
 * without one it is the body of a response.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function bufferedResponse(json: Buffer): { metadata: ResponseMetadata; content: Buffer } {
  const returned: unknown = JSON.parse(json.toString());
  if (typeof returned !== 'object' || returned === null || !('statusCode' in returned)) {
    return { metadata: { statusCode: 200, headers: { ...defaults }, cookies: [] }, content: json };
  }
  const metadata = parseMetadata(returned);
  const body = 'body' in returned ? returned.body : '';
  if (typeof body !== 'string') throw new TypeError(`Expected body as a string, got ${JSON.stringify(body)}`);
  const isBase64Encoded = 'isBase64Encoded' in returned && returned.isBase64Encoded === true;
  return {
    metadata: { ...metadata, headers: { ...defaults, ...metadata.headers } },
    content: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

const defaults = { 'content-type': 'application/json' };
