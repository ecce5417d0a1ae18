import { delimiter, dirname, join } from 'node:path';
import type { FunctionDefinition, LoggingDefinition } from '../../template/definition';
import { developerVariables } from './developer-variables';

export interface LambdaVariablesOptions {
  readonly definition: FunctionDefinition;
  readonly codeFolder: string;
  readonly region: string;
  readonly node: { readonly path: string };
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  readonly environmentId: string;
  /** host:port */
  readonly runtimeApi: string;
  /** The URL at which the local Lambda API answers, where there is one. */
  readonly lambdaApi?: string | undefined;
  /** Stands in for the /tmp that an environment has for itself on Lambda; the machine's own by default. */
  readonly temporaryFolder?: string;
}

/**
 * The environment of a function: what Lambda defines, and what the template declares. As on Lambda the template may set
 * PATH, LANG and the like, while the names that Lambda reserves stay Lambda's.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaVariables(options: LambdaVariablesOptions): Record<string, string> {
  const { definition, codeFolder, region, environmentId, runtimeApi, lambdaApi, ric } = options;
  const runtimeFolder = dirname(ric);
  return {
    ...systemVariables(options),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // Libraries of the function's own; Lambda's system folders would get in the way of this machine's.
    LD_LIBRARY_PATH: [codeFolder, join(codeFolder, 'lib'), '/opt/lib'].join(delimiter),
    NODE_PATH: nodePath(definition, { runtimeFolder, codeFolder }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    ...localVariables(lambdaApi),
    ...definition.environment,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySize),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logging?.logGroup ?? `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream(definition, environmentId),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: region,
    LAMBDA_RUNTIME_DIR: runtimeFolder,
    LAMBDA_TASK_ROOT: codeFolder,
    _HANDLER: definition.handler,
    ...loggingVariables(definition.logging),
  };
}

/**
 * How Lambda's own bootstrap starts Node.js: a tenth of the memory is for new objects, in two halves, the rest for old
 * ones. A heap that outgrows it ends the process, as there.
 */
export function nodeOptions({
  definition: { memorySize, runtime, environment },
  debugPort,
}: {
  readonly definition: FunctionDefinition;
  readonly debugPort?: number | undefined;
}): string[] {
  const newSpace = Math.floor(memorySize / 10);
  return [
    '--expose-gc',
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.floor(newSpace / 2)}`,
    `--max-old-space-size=${memorySize - newSpace}`,
    ...featuresOff(runtime, environment['NODE_OPTIONS'] ?? ''),
    ...(debugPort === undefined ? [] : [`--inspect-brk=127.0.0.1:${debugPort}`]),
  ];
}

/**
 * What Lambda turns off of a Node.js, unless the function's NODE_OPTIONS ask for it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
function featuresOff(runtime: string, nodeOptions: string): string[] {
  const asked = nodeOptions.split(' ');
  return (offByRuntime.get(runtime) ?? [])
    .filter((feature) => !asked.includes(`--experimental-${feature}`))
    .map((feature) => `--no-experimental-${feature}`);
}

const offByRuntime: ReadonlyMap<string, readonly string[]> = new Map([
  ['nodejs20.x', ['require-module']],
  ['nodejs22.x', ['require-module', 'detect-module']],
]);

function systemVariables({ node, temporaryFolder }: LambdaVariablesOptions): Record<string, string> {
  const nodeFolder = dirname(node.path);
  if (process.platform === 'win32') {
    return {
      // Without SystemRoot a Windows process cannot even open a socket.
      ...present(['SystemRoot', 'TEMP', 'TMP']),
      ...(temporaryFolder === undefined ? {} : { TEMP: temporaryFolder, TMP: temporaryFolder }),
      PATH: [nodeFolder, process.env['PATH'] ?? ''].join(delimiter),
    };
  }
  return {
    ...(temporaryFolder === undefined ? {} : { TMPDIR: temporaryFolder }),
    PATH: [nodeFolder, '/usr/local/bin', '/usr/bin', '/bin', '/opt/bin'].join(delimiter),
  };
}

/** What is so here and not on AWS; by AWS_SAM_LOCAL code asks, as under `sam local`. */
const localVariables = (lambdaApi: string | undefined): Record<string, string> => ({
  AWS_SAM_LOCAL: 'true',
  ...(lambdaApi === undefined ? {} : { AWS_ENDPOINT_URL_LAMBDA: lambdaApi }),
  ...developerVariables(process.env),
});

/** In Lambda's order: layers, what comes with the runtime, the function. */
function nodePath(
  { runtime }: FunctionDefinition,
  { runtimeFolder, codeFolder }: { runtimeFolder: string; codeFolder: string },
): string {
  const major = /^nodejs(\d+)/.exec(runtime)?.[1] ?? '';
  const layers = [`/opt/nodejs/node${major}/node_modules`, '/opt/nodejs/node_modules'];
  return [...layers, join(runtimeFolder, 'node_modules'), runtimeFolder, codeFolder].join(delimiter);
}

function present(names: readonly string[]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

/** Several functions may share a log group that the template names, so each stream there begins with its function. */
function logStream({ name, logging }: FunctionDefinition, environmentId: string): string {
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return logging?.logGroup === undefined
    ? `${today}/[$LATEST]${environmentId}`
    : `${today}/${name}[$LATEST]${environmentId}`;
}

/** Only the JSON format has levels. */
const loggingVariables = ({ format, applicationLogLevel = 'INFO' }: LoggingDefinition = { format: 'Text' }) => ({
  AWS_LAMBDA_LOG_FORMAT: format,
  ...(format === 'JSON' ? { AWS_LAMBDA_LOG_LEVEL: applicationLogLevel } : {}),
});
