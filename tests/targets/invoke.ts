import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DirectAnswer } from './target';

export interface InvokedFunction {
  readonly FunctionName: string;
  /** A version or an alias. */
  readonly Qualifier?: string;
}

export async function invoke(client: LambdaClient, invoked: InvokedFunction, event: unknown): Promise<DirectAnswer> {
  // Without the log's end, which would come after the background work only.
  const command = new InvokeCommand({ ...invoked, Payload: JSON.stringify(event), LogType: 'None' });
  const { Payload, FunctionError, $metadata } = await client.send(command);
  return {
    requestId: $metadata.requestId ?? '',
    functionError: FunctionError,
    body: Payload?.transformToString() ?? '',
  };
}
