import type { LambdaClient } from '@aws-sdk/client-lambda';
import { answerAfter } from './answer-after';

export const handler = answerAfter(async (url, payload) => {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  client ??= new LambdaClient({});
  const FunctionName = decodeURIComponent(url.pathname.split('/')[3] ?? '');
  await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: payload }));
});

let client: LambdaClient | undefined;
