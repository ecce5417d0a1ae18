import { answerAfter } from './answer-after.mjs';

export const handler = answerAfter(async (url, body) => {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  client ??= new LambdaClient({});
  const FunctionName = decodeURIComponent(url.pathname.split('/')[3]);
  await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: body }));
});

let client;
