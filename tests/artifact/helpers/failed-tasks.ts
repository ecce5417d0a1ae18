import { SQS } from '@aws-sdk/client-sqs';
import { join } from 'node:path';
import { type RunningCli, startCliWith } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';
import { type Shop, startShop } from '../../helpers/queued-tasks';
import { startMotoServer } from './moto-server';
import { nobodysAccount } from './nobodys-account';

/** A queue at moto's SQS API that is the on-failure destination of the local Lambda's functions. */
export interface FailedTasks {
  readonly shop: Shop;
  /** Of the SQS API. */
  readonly endpoint: string;
  /** The variables of whoever redrives. */
  readonly env: NodeJS.ProcessEnv;
  readonly send: (body: string) => Promise<string>;
  readonly holds: () => Promise<{ visible: number; hidden: number }>;
  /** The bodies of what is visible, ten at most; they are deleted. */
  readonly take: () => Promise<string[]>;
  readonly redrive: (...options: string[]) => RunningCli;
}

const before = new Map(['AWS_ENDPOINT_URL_SQS', 'AWS_REGION'].map((name) => [name, process.env[name]]));

afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

/** `Shop` has one attempt more, `Hopeless` has one and no more. */
const template = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    CodeUri: ${join(__dirname, '../../fixtures/queued-tasks')}
    Handler: shop.handler
    Runtime: nodejs24.x
    MemorySize: 1024
    Timeout: 20
    Environment: { Variables: { ATTEMPTS_FOLDER: '' } }
Resources:
  FailedTasks: { Type: AWS::SQS::Queue }
  Shop:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [shop.ts] } }
    Properties:
      FunctionUrlConfig: { AuthType: NONE, InvokeMode: RESPONSE_STREAM }
      EventInvokeConfig:
        MaximumRetryAttempts: 1
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt FailedTasks.Arn } }
  Hopeless:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [shop.ts] } }
    Properties:
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt FailedTasks.Arn } }
`;

export async function startFailedTasks(moto: string): Promise<FailedTasks> {
  const endpoint = await startMotoServer(moto);
  const folder = await folderWith({ 'template.yaml': template });
  const account = nobodysAccount(folder);
  Object.assign(process.env, { AWS_ENDPOINT_URL_SQS: endpoint, AWS_REGION: account.AWS_REGION });
  const shop = await startShop({ template: join(folder, 'template.yaml') });
  const credentials = { accessKeyId: account.AWS_ACCESS_KEY_ID, secretAccessKey: account.AWS_SECRET_ACCESS_KEY };
  const sqs = new SQS({ endpoint, region: account.AWS_REGION, credentials });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'FailedTasks' });
  const env = { ...account, AWS_ENDPOINT_URL_SQS: endpoint, AWS_ENDPOINT_URL_LAMBDA: shop.lambda.apiUrl };
  return {
    shop,
    endpoint,
    env,
    send: async (body) => (await sqs.sendMessage({ QueueUrl, MessageBody: body })).MessageId ?? '',
    holds: async () => {
      const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
      return {
        visible: Number(Attributes?.ApproximateNumberOfMessages),
        hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
      };
    },
    take: async () => {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      return Messages.map(({ Body = '' }) => Body);
    },
    redrive: (...options) => startCliWith(env, 'redrive', ...options),
  };
}

/** A record as Lambda writes it, of a queued task that has failed. */
export function failedTask(id: string, work: string, functionName = 'Shop'): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: '2026-01-31T12:00:00.000Z',
    requestContext: {
      requestId: `request of ${id}`,
      functionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: {
      'background-tasks:queued-task': { name: 'send receipt', id, input: { orderId: 'order 2', work } },
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'the mail server\nis down' },
  });
}
