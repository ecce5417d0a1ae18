import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogLine } from '../../../local/log/platform-log';
import type { ObservedLambda } from '../../helpers/local-lambda';
import { startMotoServer } from './moto-server';

const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nothing' };

/** CloudFormation and CloudWatch in a process of moto's, which is killed when the tests of the file are over. */
export class MotoStack {
  readonly url: string;
  readonly #cloudFormation: CloudFormationClient;
  readonly #logs: CloudWatchLogsClient;
  #stopped = false;

  static async start(moto: string): Promise<MotoStack> {
    return new MotoStack(await startMotoServer(moto));
  }

  private constructor(url: string) {
    this.url = url;
    const options = { endpoint: url, region: 'eu-central-1', credentials };
    this.#cloudFormation = new CloudFormationClient(options);
    this.#logs = new CloudWatchLogsClient(options);
  }

  /** Makes a stack that has these outputs, and the log group among them. */
  async create(StackName: string, outputs: Readonly<Record<string, string>> & { LogGroup: string }): Promise<void> {
    await this.#logs.send(new CreateLogGroupCommand({ logGroupName: outputs.LogGroup }));
    const template = {
      Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
      Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
    };
    await this.#cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  }

  /** Copies the log, line by line, until `stop` is called. Each environment has a stream of its own, as on AWS. */
  async follow(lambda: ObservedLambda, logGroupName: string): Promise<void> {
    const copied = new Set<LogLine>();
    const streams = new Set<string>();
    for (;;) {
      const line = await lambda.waitForLog((logged) => !this.#stopped && !copied.has(logged));
      copied.add(line);
      const stream = { logGroupName, logStreamName: line.environmentId };
      if (!streams.has(line.environmentId)) await this.#logs.send(new CreateLogStreamCommand(stream));
      streams.add(line.environmentId);
      const logEvents = [{ message: line.text, timestamp: Date.now() }];
      await this.#logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
    }
  }

  stop(): void {
    this.#stopped = true;
  }
}
