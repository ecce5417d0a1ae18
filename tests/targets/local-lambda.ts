import { LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalLambdaOptions } from '../../local/local-lambda';
import { backgroundSeconds as envVarsFor } from '../helpers/background-seconds';
import { startObservedLambda } from '../helpers/local-lambda';
import { send } from './function-url';
import { invoke } from './invoke';
import type { Target } from './target';

/** Longer than it takes a machine that is busy with something else to answer. */
const backgroundSeconds = 2;

/** The function behind a local Lambda on free ports, which is closed when the tests of the file are over. */
export async function startLocalTarget(options: LocalLambdaOptions = {}): Promise<Target> {
  const lambda = await startObservedLambda({ ...options, envVars: await envVarsFor(backgroundSeconds) });
  const client = new LambdaClient({
    endpoint: lambda.apiUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
  });
  const url = lambda.functionUrls[0]?.url ?? '';
  return {
    backgroundSeconds,
    logLevel: 'DEBUG',
    invoke: (event) => invoke(client, 'BackgroundTasks', event),
    request: (request) => send(url, request),
    reportedLines: async (requestId) => (await lambda.ended(requestId)).log,
  };
}
