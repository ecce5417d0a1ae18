import type { LambdaFunctionURLEvent } from 'aws-lambda';

/** No library at all: what everything else is compared with. It must await nothing after `end`. */
export const handler = awslambda.streamifyResponse<LambdaFunctionURLEvent>((event, responseStream) => {
  const { message } = readInput(JSON.parse(event.body ?? ''));
  const response = awslambda.HttpResponseStream.from(responseStream, {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
  });
  response.write(JSON.stringify({ echoedMessage: message }));
  response.end();
  return Promise.resolve();
});

function readInput(input: unknown): { message: string } {
  if (typeof input === 'object' && input !== null && 'message' in input && typeof input.message === 'string') {
    return { message: input.message };
  }
  throw new TypeError('Expected a message');
}
