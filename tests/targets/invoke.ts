import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DirectAnswer } from './target';

export async function invoke(client: LambdaClient, FunctionName: string, event: unknown): Promise<DirectAnswer> {
  // Without the log's end, which would come after the background work only.
  const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), LogType: 'None' });
  const { Payload, FunctionError, $metadata } = await client.send(command);
  return {
    requestId: $metadata.requestId ?? '',
    functionError: FunctionError,
    body: Payload?.transformToString() ?? '',
  };
}
