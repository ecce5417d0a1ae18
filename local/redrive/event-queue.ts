import type { Lambda } from '@aws-sdk/client-lambda';
import { callAws } from './aws-call';
import { lambdaClient } from './aws-clients';
import type { FailedEvent } from './failed-event';

/** Lambda's own, of whatever function an event is for. */
export class EventQueue {
  readonly #clients = new Map<string, Lambda>();

  /**
   * Invokes the event's function asynchronously. Resolves when Lambda has accepted the event, to the request id that it has
   * from now on; rejects with an AwsCallError when Lambda has not.
   */
  async put({ functionArn, functionName, region, payload }: FailedEvent): Promise<string | undefined> {
    const lambda = this.#clients.get(region) ?? (await lambdaClient(region));
    this.#clients.set(region, lambda);
    return await callAws({ permission: 'lambda:InvokeFunction', on: `function ${functionName}` }, async () => {
      const { StatusCode, $metadata } = await lambda.invoke({
        FunctionName: functionArn,
        InvocationType: 'Event',
        Payload: Buffer.from(payload),
      });
      if (StatusCode !== 202) throw new Error(`expected the status 202, received ${StatusCode ?? 'none'}`);
      return $metadata.requestId;
    });
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }
}
