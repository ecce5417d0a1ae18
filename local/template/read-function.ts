import path from 'node:path';
import { readBuildProperties } from './build-properties';
import type { Scope } from './cloudformation/scope';
import { codeFolder, whyNotHere } from './code-location';
import type { FunctionProperties } from './code-location';
import type { FunctionDefinition, LoggingDefinition } from './definition';
import { readEventConfig } from './event-config';
import type { DeclaredFunction } from './declared-function';
import type { PropertyReader } from './property-reader';
import type { ResourceOfFunction } from './resource-of-function';
import { notAppliedHere } from './warnings';

export interface FunctionContext {
  readonly scope: Scope;
  /** Absolute path of the folder that CodeUri is relative to. */
  readonly folder: string;
  /** The function's own AWS::Lambda::Alias and AWS::Lambda::EventInvokeConfig. */
  readonly aliases: readonly ResourceOfFunction[];
  readonly eventConfigs: readonly ResourceOfFunction[];
}

/** Reads a function that is to run here. Fails where a property is not as expected, or is needed and not known locally. */
export function readFunction(
  { resource, logicalId }: DeclaredFunction,
  { scope, folder, aliases, eventConfigs }: FunctionContext,
): FunctionDefinition {
  const properties = resource.properties(scope);
  const metadata = resource.metadata(scope);
  // Fail where it could not be decided whether the function is to run here.
  resource.isWanted(scope);
  whyNotHere({ properties, metadata });
  const reservedConcurrency = properties.integer('ReservedConcurrentExecutions', { min: 0, max: 1_000_000 });
  const recursiveLoop = properties.oneOf('RecursiveLoop', ['Allow', 'Terminate']);
  const eventConfig = properties.nested('EventInvokeConfig');
  const logging = properties.nested('LoggingConfig');
  const alias = properties.text('AutoPublishAlias');
  return {
    logicalId,
    name: properties.textOrPlaceholder('FunctionName') ?? logicalId,
    aliases: [alias, ...aliases.map(({ qualifier }) => qualifier)].filter((name) => name !== undefined),
    handler: properties.required('Handler'),
    runtime: properties.required('Runtime'),
    architecture: readArchitecture(properties),
    timeout: properties.integer('Timeout', { min: 1, max: 900 }) ?? 3,
    memorySize: properties.integer('MemorySize', { min: 128, max: 32_768 }) ?? 128,
    environment: readEnvironment(properties.nested('Environment')?.nested('Variables')),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    ...(recursiveLoop && { recursiveLoop }),
    codeUri: path.resolve(folder, codeFolder({ properties, metadata }) ?? '.'),
    ...readBuild({ properties, metadata }),
    eventConfigs: [
      ...(eventConfig ? [readEventConfig(eventConfig, { logicalId, qualifier: alias, scope })] : []),
      ...eventConfigs.map((own) =>
        readEventConfig(own.resource.properties(scope), { logicalId, qualifier: own.qualifier, scope }),
      ),
    ],
    ...(logging && { logging: readLogging(logging) }),
    warnings: notAppliedHere({ properties, metadata }, logicalId),
  };
}

function readBuild({ properties, metadata }: FunctionProperties): Pick<FunctionDefinition, 'build'> {
  if (metadata.text('BuildMethod') !== 'esbuild') return {};
  return { build: readBuildProperties(metadata.nestedOrEmpty('BuildProperties'), properties.required('Handler')) };
}

function readArchitecture(properties: PropertyReader): 'x86_64' | 'arm64' {
  const [architecture = 'x86_64', ...others] = properties.texts('Architectures') ?? [];
  const known = architecture === 'x86_64' || architecture === 'arm64';
  if (known && others.length === 0) return architecture;
  return properties.fail('Architectures', 'a list of one of x86_64 or arm64', [architecture, ...others].join(', '));
}

function readEnvironment(variables: PropertyReader | undefined): Record<string, string> {
  return Object.fromEntries(variables?.keys.map((name) => [name, variables.textOrPlaceholder(name) ?? '']) ?? []);
}

const applicationLogLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

function readLogging(logging: PropertyReader): LoggingDefinition {
  const applicationLogLevel = logging.oneOf('ApplicationLogLevel', applicationLogLevels);
  const systemLogLevel = logging.oneOf('SystemLogLevel', ['DEBUG', 'INFO', 'WARN']);
  const logGroup = logging.textOrPlaceholder('LogGroup');
  return {
    format: logging.oneOf('LogFormat', ['Text', 'JSON']) ?? 'Text',
    ...(applicationLogLevel && { applicationLogLevel }),
    ...(systemLogLevel && { systemLogLevel }),
    ...(logGroup !== undefined && { logGroup }),
  };
}
