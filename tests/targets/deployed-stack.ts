import { Sha256 } from '@aws-crypto/sha256-js';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
  LambdaClient,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import { CloudWatchLog } from './cloudwatch-log';
import { send } from './function-url';
import { invoke } from './invoke';
import { clientOptions, readStackOutputs } from './stack-outputs';
import type { Target } from './target';

/** The function of a stack that is deployed, with the credentials and the region that the AWS SDK finds. */
export async function connectToStack(stackName: string): Promise<Target> {
  const { FunctionName, FunctionUrl, LogGroup } = await readStackOutputs(stackName);
  const lambda = new LambdaClient(clientOptions());
  const { FunctionUrlConfigs = [] } = await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName }));
  const url = FunctionUrlConfigs.find((config) => config.FunctionUrl === FunctionUrl);
  if (!url) throw new Error(`Expected ${FunctionName} to have the URL ${FunctionUrl}, it has not`);
  // What the URL calls: with its alias, where it has one.
  const { FunctionArn = FunctionName, AuthType } = url;
  const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: FunctionArn }));
  const { region, credentials } = lambda.config;
  const signer =
    AuthType === 'NONE' ? undefined : new SignatureV4({ service: 'lambda', region, credentials, sha256: Sha256 });
  const backgroundSeconds = backgroundSecondsOf(configuration);
  const log = new CloudWatchLog(new CloudWatchLogsClient(clientOptions()), LogGroup, backgroundSeconds);
  return {
    backgroundSeconds,
    logLevel: logLevelOf(configuration),
    invoke: (event) => invoke(lambda, FunctionArn, event),
    request: (request) => send(FunctionUrl, request, signer),
    reportedLines: (requestId) => log.reportedLines(requestId),
  };
}

const backgroundSecondsOf = ({ Environment }: GetFunctionConfigurationCommandOutput): number =>
  Number(Environment?.Variables?.['BACKGROUND_SECONDS'] ?? 10);

/** Lambda's own level, which exists where the log format is JSON, goes before that of the environment. */
function logLevelOf({ LoggingConfig, Environment }: GetFunctionConfigurationCommandOutput): string {
  const { POWERTOOLS_LOG_LEVEL, LOG_LEVEL } = Environment?.Variables ?? {};
  return (LoggingConfig?.ApplicationLogLevel ?? POWERTOOLS_LOG_LEVEL ?? LOG_LEVEL ?? 'INFO').toUpperCase();
}
