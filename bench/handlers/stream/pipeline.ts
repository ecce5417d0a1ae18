import { pipeline } from 'node:stream/promises';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { streamOfParts } from './parts';

/** The Response of fetch.ts, with no library. */
export const handler = awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, responseStream) => {
  const { body } = new Response(streamOfParts(Number(event.body)));
  const response = awslambda.HttpResponseStream.from(responseStream, {
    statusCode: 200,
    headers: { 'content-type': 'application/octet-stream' },
  });
  if (body !== null) await pipeline(body, response);
});
