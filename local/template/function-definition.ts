import path from 'node:path';
import type { CorsDefinition, FunctionDefinition, FunctionUrlDefinition, LoggingDefinition } from './definition';
import { readBuildProperties, unknownBuildProperties } from './build-properties';
import { readEventConfig } from './event-config';
import type { Scope } from './cloudformation/scope';
import { isTrue, resolveMap } from './cloudformation/intrinsics';
import { PropertyReader } from './property-reader';
import { expandLoopsWithin } from './cloudformation/language-extensions';
import { childMap } from './cloudformation/nodes';
import type { MapNode, TemplateNode } from './cloudformation/nodes';

export interface TemplateContext {
  readonly scope: Scope;
  /** The template's Globals.Function, its intrinsics not yet resolved. */
  readonly globals: MapNode;
  /** Absolute path of the folder that CodeUri is relative to. */
  readonly folder: string;
  readonly onWarning: (message: string) => void;
}

/** Reads a resource that is a function able to run here; any other is undefined, with a warning if it is a function. */
export function readFunction(
  logicalId: string,
  resource: TemplateNode,
  context: TemplateContext,
): FunctionDefinition | undefined {
  if (resource.kind !== 'map') return undefined;
  const attributes = new PropertyReader(resource, logicalId);
  if (attributes.textOrPlaceholder('Type') !== 'AWS::Serverless::Function') return undefined;
  if (!isWanted(attributes, context.scope)) return undefined;

  const own = resolveMap(expandLoopsWithin(childMap(resource, 'Properties'), context.scope), context.scope);
  const properties = new PropertyReader(mergeGlobals(resolveMap(context.globals, context.scope), own), logicalId);
  const obstacle = whyNotHere(properties);
  if (obstacle !== undefined) {
    context.onWarning(`${attributes.at}: ${logicalId} is left out: ${obstacle}.`);
    return undefined;
  }
  const metadata = new PropertyReader(
    resolveMap(childMap(resource, 'Metadata'), context.scope),
    `${logicalId}.Metadata`,
  );
  return readDefinition(logicalId, { properties, metadata }, context);
}

function isWanted(attributes: PropertyReader, scope: Scope): boolean {
  const name = attributes.text('Condition');
  const holds = name === undefined || isTrue(name, scope, attributes.at);
  if (typeof holds === 'boolean') return holds;
  return attributes.fail(
    'Condition',
    'a condition that is known locally',
    `one where ${holds.intrinsic} ${holds.reason}`,
  );
}

/** Merges `Globals.Function` under a function's own properties as SAM does: maps key by key, lists one after the other. */
function mergeGlobals(globals: MapNode, own: MapNode): MapNode {
  const entries = new Map(globals.entries);
  for (const [key, value] of own.entries) entries.set(key, mergeNodes(globals.entries.get(key), value));
  return { ...own, entries };
}

function mergeNodes(general: TemplateNode | undefined, own: TemplateNode): TemplateNode {
  if (general?.kind === 'map' && own.kind === 'map') return mergeGlobals(general, own);
  if (general?.kind === 'list' && own.kind === 'list') return { ...own, items: [...general.items, ...own.items] };
  return own;
}

function whyNotHere(properties: PropertyReader): string | undefined {
  const packageType = properties.text('PackageType') ?? 'Zip';
  if (packageType !== 'Zip') return `its PackageType is ${packageType}, and only Zip runs locally`;
  const runtime = properties.required('Runtime');
  if (!runtime.startsWith('nodejs')) return `its Runtime is ${runtime}, and only Node.js runs locally`;
  if (properties.keys.includes('InlineCode')) return 'its code is inline, and only a CodeUri runs locally';
  if (properties.isMap('CodeUri') || properties.text('CodeUri')?.startsWith('s3://')) return 'its CodeUri is in S3';
  return undefined;
}

function readDefinition(
  logicalId: string,
  { properties, metadata }: { properties: PropertyReader; metadata: PropertyReader },
  context: TemplateContext,
): FunctionDefinition {
  const handler = properties.required('Handler');
  const reservedConcurrency = properties.integer('ReservedConcurrentExecutions', { min: 0, max: 1_000_000 });
  const url = properties.nested('FunctionUrlConfig');
  const eventConfig = properties.nested('EventInvokeConfig');
  const logging = properties.nested('LoggingConfig');
  const alias = properties.text('AutoPublishAlias');
  return {
    logicalId,
    name: properties.textOrPlaceholder('FunctionName') ?? logicalId,
    ...(alias !== undefined && { alias }),
    handler,
    runtime: properties.required('Runtime'),
    architecture: readArchitecture(properties),
    timeout: properties.integer('Timeout', { min: 1, max: 900 }) ?? 3,
    memorySize: properties.integer('MemorySize', { min: 128, max: 32_768 }) ?? 128,
    environment: readEnvironment(properties.nested('Environment')?.nested('Variables')),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    codeUri: path.resolve(context.folder, properties.text('CodeUri') ?? '.'),
    ...readBuild(metadata, handler, context),
    ...(url && { url: readFunctionUrl(url) }),
    ...(eventConfig && readEventConfig(eventConfig, { logicalId, scope: context.scope })),
    ...(logging && { logging: readLogging(logging) }),
  };
}

function readBuild(
  metadata: PropertyReader,
  handler: string,
  context: TemplateContext,
): Pick<FunctionDefinition, 'build'> {
  if (metadata.text('BuildMethod') !== 'esbuild') return {};
  const properties = metadata.nestedOrEmpty('BuildProperties');
  for (const name of unknownBuildProperties(properties)) {
    context.onWarning(`${properties.at}: the build property ${name} is not known to the local Lambda and left out.`);
  }
  return { build: readBuildProperties(properties, handler) };
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

function readFunctionUrl(url: PropertyReader): FunctionUrlDefinition {
  const cors = url.nested('Cors');
  return {
    authType: url.oneOf('AuthType', ['AWS_IAM', 'NONE']) ?? url.fail('AuthType', 'AWS_IAM or NONE', 'none'),
    invokeMode: url.oneOf('InvokeMode', ['BUFFERED', 'RESPONSE_STREAM']) ?? 'BUFFERED',
    ...(cors && { cors: readCors(cors) }),
  };
}

function readCors(cors: PropertyReader): CorsDefinition {
  const maxAge = cors.integer('MaxAge', { min: 0, max: 86_400 });
  return {
    allowCredentials: cors.boolean('AllowCredentials') ?? false,
    allowHeaders: cors.texts('AllowHeaders') ?? [],
    allowMethods: cors.texts('AllowMethods') ?? [],
    allowOrigins: cors.texts('AllowOrigins') ?? [],
    exposeHeaders: cors.texts('ExposeHeaders') ?? [],
    ...(maxAge !== undefined && { maxAge }),
  };
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
