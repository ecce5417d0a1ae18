import type { InvocationResponse } from '../environment/pool';
import { chunksOf, readPayload } from '../environment/response-payload';
import type { FunctionUrlDefinition } from '../template/template';
import { bufferedResponse } from './buffered-response';
import { preludeContentType, readPrelude, type ResponseMetadata } from './prelude';

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
