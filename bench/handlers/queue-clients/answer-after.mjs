/** Answers as bare.ts does, once `enqueue` has resolved. */
export function answerAfter(enqueue) {
  return awslambda.streamifyResponse(async (event, responseStream, { invokedFunctionArn }) => {
    const { message } = JSON.parse(event.body);
    await enqueue(urlOf(invokedFunctionArn), JSON.stringify({ orderId: message }));
    const response = awslambda.HttpResponseStream.from(responseStream, {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
    });
    response.write(JSON.stringify({ echoedMessage: message }));
    response.end();
  });
}

/** Where the function is invoked by the Lambda API. */
function urlOf(functionArn) {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;
  return new URL(path, process.env.AWS_ENDPOINT_URL_LAMBDA);
}

/** As Lambda gives them to a function. */
export const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
};

export const asynchronous = { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' };
