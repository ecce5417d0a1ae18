import type { InvocationRequest } from '../request/invocation-request';
import { property } from '../request/read-property';
import type { BodyPart } from './body-part';
import { encodeJson } from './encode-json';
import { isBodyless } from './prelude';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';

/**
 * Answers with what a handler has returned: a direct caller gets that as JSON, an HTTP caller what a Function URL would make
 * of it. Throws an OutputEncodingError for what is no JSON, else as ResponseStream does.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export async function sendHandlerResult(
  response: ResponseStream,
  { caller }: InvocationRequest,
  result: unknown,
): Promise<void> {
  // As the runtime clients send it (aws-lambda-ric 4.0.2, src/utils/serialize.ts).
  const returned = result === undefined ? null : result;
  if (caller === 'http' && property(returned, 'statusCode') !== undefined) {
    await response.send(bodyOf(returned), metadataOf(returned));
  } else {
    const isText = caller === 'http' && typeof returned === 'string';
    await response.sendJson(() => (isText ? returned : encodeJson(returned)));
  }
}

/** Bytes in base64, a text as it is, anything else as JSON. */
function bodyOf(returned: unknown): BodyPart {
  const body = property(returned, 'body') ?? '';
  if (typeof body !== 'string') return encodeJson(body);
  return property(returned, 'isBase64Encoded') === true ? Buffer.from(body, 'base64') : body;
}

function metadataOf(returned: unknown): ResponseMetadata {
  const statusCode = Number(property(returned, 'statusCode'));
  // A REST API reads the second too, and takes its values rather than those of the first.
  const fields = new Map([property(returned, 'headers'), property(returned, 'multiValueHeaders')].flatMap(entriesOf));
  if (!fields.has('content-type') && !isBodyless(statusCode)) fields.set('content-type', ['application/json']);
  const cookies = [...(fields.get('set-cookie') ?? []), ...textsIn(property(returned, 'cookies') ?? [])];
  fields.delete('set-cookie');
  const headers = Object.fromEntries([...fields].map(([name, values]) => [name, values.join(',')]));
  return { statusCode, headers, cookies };
}

/** Names in lower case. */
function entriesOf(fields: unknown): [string, string[]][] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields)
    .map(([name, value]: [string, unknown]): [string, string[]] => [name.toLowerCase(), textsIn(value)])
    .filter(([, values]) => values.length > 0);
}

/** A number and the like is the text that it is in JSON. */
function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .filter((item) => item !== undefined && item !== null)
    .map((item) => String(item));
}
