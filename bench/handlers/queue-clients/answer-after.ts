import type { LambdaFunctionURLEvent, StreamifyHandler } from 'aws-lambda';

/** Answers as bare.ts does, once `enqueue` has invoked the function at this URL, asynchronously, with this payload. */
export function answerAfter(
  enqueue: (url: URL, payload: string) => Promise<void>,
): StreamifyHandler<LambdaFunctionURLEvent> {
  return awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, responseStream, { invokedFunctionArn }) => {
    const input: unknown = JSON.parse(event.body ?? '');
    const path = `/2015-03-31/functions/${encodeURIComponent(invokedFunctionArn)}/invocations`;
    await enqueue(new URL(path, process.env['AWS_ENDPOINT_URL_LAMBDA']), JSON.stringify(input));
    const response = awslambda.HttpResponseStream.from(responseStream, {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
    });
    response.write(JSON.stringify({ echoedMessage: messageIn(input) }));
    response.end();
  });
}

/** As Lambda gives them to a function. */
export const credentials = {
  accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  sessionToken: process.env['AWS_SESSION_TOKEN'] ?? '',
};

export const asynchronous = { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' };

function messageIn(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'message' in input ? input.message : undefined;
}
