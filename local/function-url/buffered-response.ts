import { parseMetadata, type ResponseMetadata } from './prelude';

/**
 * What a function has answered in one piece, as a Function URL reads it: with a statusCode it is a response, text is a
 * body, and anything else is a body of JSON.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function bufferedResponse(payload: Buffer): { metadata: ResponseMetadata; content: Buffer } {
  const returned = parse(payload);
  if (typeof returned === 'string') return ok(Buffer.from(returned));
  if (typeof returned !== 'object' || returned === null || !('statusCode' in returned)) return ok(payload);
  const metadata = parseMetadata(returned);
  return {
    metadata: { ...metadata, headers: { ...defaults, ...metadata.headers } },
    content: bodyOf(returned),
  };
}

const defaults = { 'content-type': 'application/json' };

const ok = (content: Buffer): { metadata: ResponseMetadata; content: Buffer } => ({
  metadata: { statusCode: 200, headers: { ...defaults }, cookies: [] },
  content,
});

/** A streaming handler may have written what is no JSON: that is passed on as it is. */
function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}

function bodyOf(returned: object): Buffer {
  const body = ('body' in returned ? returned.body : undefined) ?? '';
  const isBase64Encoded = 'isBase64Encoded' in returned && returned.isBase64Encoded === true;
  if (typeof body !== 'string') return Buffer.from(JSON.stringify(body));
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}
