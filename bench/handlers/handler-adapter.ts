import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { LambdaHandlerAdapter, LambdaRuntime } from '../../runtime';

/** A handler as people have it, in one line around it. */
const adapter = new LambdaHandlerAdapter(({ body }: LambdaFunctionURLEvent) => {
  const input: unknown = JSON.parse(body ?? '');
  const echoedMessage = typeof input === 'object' && input !== null && 'message' in input ? input.message : undefined;
  return Promise.resolve({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ echoedMessage }),
  });
});

export const handler = new LambdaRuntime(adapter).run();
