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

/** Resolves to undefined when the function failed before the first byte, rejects when it sent what is not HTTP. */
export async function readHttpContent(
  response: InvocationResponse,
  invokeMode: FunctionUrlDefinition['invokeMode'],
): Promise<HttpContent | undefined> {
  if (response.error) return undefined;
  if (invokeMode === 'RESPONSE_STREAM' && response.streaming) return readStream(response);
  const answer = await readPayload(response);
  if ('error' in answer) return undefined;
  const { metadata, content } = bufferedResponse(answer.payload);
  return { metadata, body: content };
}

async function readStream({ contentType, body }: InvocationResponse): Promise<HttpContent> {
  const chunks = chunksOf(body);
  if (contentType !== preludeContentType) {
    const headers = { 'content-type': contentType ?? 'application/octet-stream' };
    return { metadata: { statusCode: 200, headers, cookies: [] }, body: chunks };
  }
  const { metadata, rest } = await readPrelude(chunks);
  const headers = { 'content-type': 'application/octet-stream', ...metadata.headers };
  return { metadata: { ...metadata, headers }, body: continued(rest, chunks) };
}

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
