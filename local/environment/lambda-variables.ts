import { delimiter, dirname } from 'node:path';
import type { FunctionDefinition } from '../template';

export interface LambdaVariablesOptions {
  readonly codeFolder: string;
  readonly region: string;
  readonly environmentId: string;
  /** host:port */
  readonly runtimeApi: string;
  readonly node: string;
  /** The entry file of the runtime interface client. */
  readonly ric: string;
}

/**
 * The environment of a function: what Lambda defines, and what the template declares. As on Lambda the template may set
 * PATH, LANG and TZ, while the names that Lambda reserves stay Lambda's.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaVariables(
  definition: FunctionDefinition,
  { codeFolder, region, environmentId, runtimeApi, node, ric }: LambdaVariablesOptions,
): Record<string, string> {
  return {
    ...systemVariables(node),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...credentials(),
    ...definition.environment,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySize),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${today()}/[$LATEST]${environmentId}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: region,
    LAMBDA_RUNTIME_DIR: dirname(ric),
    LAMBDA_TASK_ROOT: codeFolder,
    _HANDLER: definition.handler,
  };
}

const today = (): string => new Date().toISOString().slice(0, 10).replaceAll('-', '/');

function systemVariables(node: string): Record<string, string> {
  const nodeFolder = dirname(node);
  // Without SystemRoot a Windows process cannot even open a socket.
  if (process.platform === 'win32') {
    return { ...present(['SystemRoot', 'TEMP', 'TMP']), PATH: [nodeFolder, process.env['PATH'] ?? ''].join(delimiter) };
  }
  return { PATH: [nodeFolder, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter) };
}

/** Stands in for the function's role: on a developer's machine the function acts as the developer. */
const credentials = (): Record<string, string> =>
  present(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']);

function present(names: readonly string[]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}
