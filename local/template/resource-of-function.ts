import type { Scope } from './cloudformation/scope';
import { functionArn, parseFunctionName } from './function-arn';
import type { DeclaredFunction } from './declared-function';
import type { Resource } from './resource';

/** A resource that belongs to a function of the template, at a qualifier where it names one. */
export interface ResourceOfFunction {
  readonly resource: Resource;
  readonly function: DeclaredFunction;
  readonly qualifier: string | undefined;
}

/** Reads whom a resource of one of these types belongs to; undefined, with a warning, if to nothing that runs here. */
export function readResourceOfFunction(
  resource: Resource,
  { scope, functions, onWarning }: OwnerContext,
): ResourceOfFunction | undefined {
  const keys = keysByType.get(resource.type);
  if (!keys || !resource.isWanted(scope)) return undefined;
  const properties = resource.properties(scope);
  const name = properties.textOrPlaceholder(keys.function);
  const named = parseFunctionName(name ?? '');
  const owner = functions.find((candidate) => candidate.name === named?.name);
  if (owner) return { resource, function: owner, qualifier: properties.text(keys.qualifier) ?? named?.qualifier };
  const reason = `its ${keys.function} (${name ?? 'none'}) is no function that runs here`;
  onWarning(`${resource.at}: ${resource.logicalId} (${resource.type}) is left out: ${reason}.`);
  return undefined;
}

export interface OwnerContext {
  readonly scope: Scope;
  readonly functions: readonly DeclaredFunction[];
  readonly onWarning: (message: string) => void;
}

const keysByType = new Map([
  ['AWS::Lambda::Alias', { function: 'FunctionName', qualifier: 'Name' }],
  ['AWS::Lambda::EventInvokeConfig', { function: 'FunctionName', qualifier: 'Qualifier' }],
  ['AWS::Lambda::Url', { function: 'TargetFunctionArn', qualifier: 'Qualifier' }],
]);

/** What `!Ref` of an AWS::Lambda::Alias stands for here. */
export function aliasReferences(aliases: readonly ResourceOfFunction[], region: string): [string, string][] {
  return aliases.map(({ resource, function: { name }, qualifier }) => [
    resource.logicalId,
    functionArn(region, name, qualifier),
  ]);
}
