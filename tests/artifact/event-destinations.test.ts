import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { array, object, optional, parse, string } from 'valibot';
import { folderWith } from '../helpers/folder-with';
import { startObservedLambda } from '../helpers/local-lambda';
import { handlersFolder } from '../helpers/running-pool';
import { invokeByAwsCli } from './helpers/aws-cli';
import { startMotoServer } from './helpers/moto-server';
import { nobodysAccount } from './helpers/nobodys-account';
import { testWith } from './helpers/test-with';
import { awsCli, motoServer } from './helpers/tools';

const template = (queue: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  ${queue}: { Type: AWS::SQS::Queue }
  Failing:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ${handlersFolder}
      Handler: events.fails
      Runtime: nodejs24.x
      EventInvokeConfig:
        MaximumRetryAttempts: 1
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt ${queue}.Arn } }
`;

const tools = () => ({ aws: awsCli(), moto: motoServer() });
const variables = ['AWS_ENDPOINT_URL_SQS', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const before = variables.map((name) => [name, process.env[name]] as const);

afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

testWith(tools, 'what fails for good lies in its queue at the SQS API, made there already or not', async (tool) => {
  const { moto, aws } = tool;
  const endpoint = await startMotoServer(moto);
  const env = nobodysAccount(await folderWith({}));
  Object.assign(process.env, { AWS_ENDPOINT_URL_SQS: endpoint, AWS_REGION: env.AWS_REGION });
  const sqs = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await promisify(execFile)(aws, ['sqs', '--endpoint-url', endpoint, ...args], { env })).stdout);

  await sqs('create-queue', '--queue-name', 'MadeBefore');
  for (const queue of ['MadeBefore', 'MadeByNobody']) {
    const folder = await folderWith({ 'template.yaml': template(queue) });
    const lambda = await startObservedLambda({ template: join(folder, 'template.yaml'), retryDelay: 0.1 });
    await invokeByAwsCli(aws, {
      endpoint: lambda.apiUrl,
      functionName: 'Failing',
      payload: '{"message":"Grüße"}',
      options: ['--invocation-type', 'Event'],
    });
    while (lambda.queuedEvents().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));

    const { QueueUrl } = parse(object({ QueueUrl: string() }), await sqs('get-queue-url', '--queue-name', queue));
    const received = await sqs('receive-message', '--queue-url', QueueUrl, '--attribute-names', 'All');
    const [message] = parse(Messages, received).Messages;
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      requestContext: {
        functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:Failing:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
      },
      requestPayload: { message: 'Grüße' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'asked to fail' },
    });
    expect(message?.Attributes.AWSTraceHeader).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};.*Lineage=[0-9a-f]{8}:1$/);
  }
});

const Messages = object({
  Messages: array(object({ Body: string(), Attributes: object({ AWSTraceHeader: optional(string()) }) })),
});
