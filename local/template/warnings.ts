import { unknownBuildProperties } from './build-properties';
import type { FunctionProperties } from './code-location';
import type { PropertyReader } from './property-reader';
import type { Resource } from './resource';

/** Says so of a resource that has functions or calls them, and is of a type that is not read. */
export function resourceLeftOut({ at, logicalId, type }: Resource, onWarning: (message: string) => void): void {
  const reason = reasonsByType.get(type);
  if (reason !== undefined) onWarning(`${at}: ${logicalId} (${type}) is left out: ${reason}.`);
}

/** They call functions, which is what happens on AWS alone. */
const callers = [
  ...['AWS::Lambda::EventSourceMapping', 'AWS::Serverless::Api', 'AWS::Serverless::HttpApi'],
  ...['AWS::Serverless::GraphQLApi', 'AWS::Serverless::StateMachine', 'AWS::ApiGateway::RestApi'],
  ...['AWS::ApiGatewayV2::Api', 'AWS::AppSync::GraphQLApi', 'AWS::StepFunctions::StateMachine'],
  ...['AWS::Events::Rule', 'AWS::Scheduler::Schedule'],
];

const reasonsByType = new Map([
  ['AWS::Serverless::Application', 'nested applications are not read; start one with -t and its own template'],
  ['AWS::CloudFormation::Stack', 'nested stacks are not read; start one with -t and its own template'],
  ...callers.map((type): [string, string] => [
    type,
    'nothing sends its events here, but `invoke <function> -e <file>` does',
  ]),
]);

/** What the template says of a function and does not apply here, each a sentence: nothing is left out in silence. */
export function notAppliedHere({ properties, metadata }: FunctionProperties, logicalId: string): string[] {
  const variables = properties.nested('Environment')?.nested('Variables');
  return [
    ...[...reasons].flatMap(([key, reason]) => (properties.has(key) ? [leftOut(properties, key, reason)] : [])),
    ...tracing(properties),
    ...eventSources(properties, logicalId),
    ...(variables ? variableWarnings(variables) : []),
    ...buildWarnings(metadata),
  ];
}

const reasons = new Map([
  ['Layers', 'layers are not fetched, so what they hold is not there'],
  ['FileSystemConfigs', 'nothing is mounted'],
  ['VpcConfig', "the function is in this machine's network"],
  ['DurableConfig', 'executions are not durable here'],
  ['CapacityProviderConfig', 'an execution environment has one invocation at a time here'],
  ['TenancyConfig', 'tenants share execution environments here, and none need be named'],
  ['ProvisionedConcurrencyConfig', 'an environment starts with the first request that needs it'],
  ['DeadLetterQueue', 'events that fail for good are dropped'],
  ['DeadLetterConfig', 'events that fail for good are dropped'],
]);

function leftOut(properties: PropertyReader, key: string, reason: string): string {
  return `${properties.atOf(key)}: ${properties.nameOf(key)} is left out: ${reason}.`;
}

/** As SAM has it, and as AWS::Lambda::Function has it. */
function tracing(properties: PropertyReader): string[] {
  const config = properties.isMap('TracingConfig') ? properties.nested('TracingConfig') : undefined;
  const reason = 'no traces are sent';
  if (config?.textOrPlaceholder('Mode') === 'Active') return [leftOut(config, 'Mode', reason)];
  const isActive = !properties.isMap('Tracing') && properties.textOrPlaceholder('Tracing') === 'Active';
  return isActive ? [leftOut(properties, 'Tracing', reason)] : [];
}

function eventSources(properties: PropertyReader, logicalId: string): string[] {
  const events = properties.isMap('Events') ? properties.nested('Events') : undefined;
  const sources = events?.keys.map((key) => `${key}: ${sourceType(events, key)}`) ?? [];
  if (sources.length === 0) return [];
  const reason = `nothing sends these events here (${sources.join(', ')}), but \`invoke ${logicalId} -e <file>\` does`;
  return [leftOut(properties, 'Events', reason)];
}

const sourceType = (events: PropertyReader, key: string): string =>
  (events.isMap(key) && events.nested(key)?.textOrPlaceholder('Type')) || 'unknown';

function variableWarnings(variables: PropertyReader): string[] {
  const wrapper = 'AWS_LAMBDA_EXEC_WRAPPER';
  return [
    ...(variables.has(wrapper) ? [leftOut(variables, wrapper, 'the wrapper is not run')] : []),
    ...variables.keys
      .filter((key) => variables.isNull(key))
      .map(
        (key) =>
          `${variables.atOf(key)}: ${variables.nameOf(key)} is null, which CloudFormation refuses; it is empty here.`,
      ),
  ];
}

function buildWarnings(metadata: PropertyReader): string[] {
  const method = metadata.isMap('BuildMethod') ? undefined : metadata.textOrPlaceholder('BuildMethod');
  // SAM writes SamResourceId into the template of what it has built.
  if (method === undefined || metadata.has('SamResourceId')) return [];
  if (method !== 'esbuild') {
    const reason = `only esbuild is run here; after \`sam build\`, -t .aws-sam/build/template.yaml runs what ${method} has built`;
    return [leftOut(metadata, 'BuildMethod', reason)];
  }
  const properties = metadata.nestedOrEmpty('BuildProperties');
  return unknownBuildProperties(properties).map((name) =>
    leftOut(properties, name, 'the local Lambda does not know it'),
  );
}
