import type { InvocationResponse } from '../environment/pool';
import { chunksOf, readPayload } from '../environment/response-payload';
import type { FunctionUrlDefinition } from '../template/definition';
import { parseMetadata, preludeContentType, readPrelude, type ResponseMetadata } from './prelude';

/** What a function has answered, in terms of HTTP. */
export interface HttpContent {
  readonly metadata: ResponseMetadata;
  /** Whole, or chunk by chunk as it comes. */
  readonly body: Buffer | AsyncIterable<Buffer>;
}

export interface HttpContentOptions {
  readonly invokeMode: FunctionUrlDefinition['invokeMode'];
  /** Hears of an answer that is sent, but hardly as the function means it. */
  readonly onSurprise: (surprise: string) => void;
}

/** Resolves to undefined when the function failed before the first byte, rejects when it sent what is not HTTP. */
export async function readHttpContent(
  response: InvocationResponse,
  { invokeMode, onSurprise }: HttpContentOptions,
): Promise<HttpContent | undefined> {
  if (response.error) return undefined;
  if (invokeMode === 'RESPONSE_STREAM' && response.streaming) return readStream(response, onSurprise);
  const answer = await readPayload(response);
  if ('error' in answer) return undefined;
  if (invokeMode === 'BUFFERED') {
    if (response.contentType === preludeContentType) onSurprise(heldBack);
    return bufferedContent(answer.payload);
  }
  if (hasStatus(parse(answer.payload))) onSurprise(notStreamed);
  return ok(answer.payload, json);
}

async function readStream(
  { contentType = octetStream, body }: InvocationResponse,
  onSurprise: HttpContentOptions['onSurprise'],
): Promise<HttpContent> {
  const stream = chunksOf(body);
  if (contentType !== preludeContentType) return ok(stream, contentType);
  const first = await stream.next();
  if (first.done) {
    onSurprise(notWritten);
    return ok(Buffer.alloc(0), octetStream);
  }
  const chunks = continued(first.value, stream);
  const { metadata, rest } = await readPrelude(chunks);
  const headers = { 'content-type': octetStream, ...metadata.headers };
  return { metadata: { ...metadata, headers }, body: continued(rest, chunks) };
}

const octetStream = 'application/octet-stream';
const json = 'application/json';

/** @see https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda.py test_lambda_url_echo_invoke, seen on AWS */
const notStreamed =
  'has InvokeMode RESPONSE_STREAM, but the handler returned its response instead of streaming it. As on AWS, ' +
  'status 200 was sent, and what the handler returned as JSON: stream the response, or set InvokeMode to BUFFERED.';

const heldBack =
  'has InvokeMode BUFFERED, which is the default, but the handler streams its response. As on AWS, the caller got nothing ' +
  'before the stream had ended, then status 200, and the status and headers of the handler as the first bytes of the ' +
  'body: set InvokeMode: RESPONSE_STREAM in the template.';

/** @see https://github.com/middyjs/middy/issues/1189 seen on AWS */
const notWritten =
  'sent status 200 and no headers, because the handler ended its HttpResponseStream without writing to it, and the ' +
  'runtime client sends status and headers with the first write. As on AWS: write an empty string at least.';

async function* continued(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  if (first.length > 0) yield first;
  yield* rest;
}

/**
 * What a function has answered in one piece, as a Function URL reads it: with a statusCode it is a response, text is a
 * body, and anything else is a body of JSON.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function bufferedContent(payload: Buffer): HttpContent & { readonly body: Buffer } {
  const returned = parse(payload);
  if (typeof returned === 'string') return ok(Buffer.from(returned), json);
  if (!hasStatus(returned)) return ok(payload, json);
  const metadata = parseMetadata(returned);
  return { metadata: { ...metadata, headers: { 'content-type': json, ...metadata.headers } }, body: bodyOf(returned) };
}

const hasStatus = (returned: unknown): returned is { statusCode: unknown } =>
  typeof returned === 'object' && returned !== null && 'statusCode' in returned;

const ok = <Body extends HttpContent['body']>(body: Body, contentType: string) => ({
  metadata: { statusCode: 200, headers: { 'content-type': contentType }, cookies: [] },
  body,
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
