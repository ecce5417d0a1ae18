import type { Scope } from './cloudformation/scope';
import { functionArn, parseFunctionName } from './function-arn';
import type { FunctionResource } from './function-resource';
import type { Resource } from './resource';

/** A resource that belongs to a function of the template, at a qualifier where it names one. */
export interface Belonging {
  readonly resource: Resource;
  readonly function: FunctionResource;
  readonly qualifier: string | undefined;
}

/** Reads whom a resource of one of these types belongs to; undefined, with a warning, if to nothing that runs here. */
export function belongingOf(
  resource: Resource,
  { scope, functions, onWarning }: BelongingContext,
): Belonging | undefined {
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

export interface BelongingContext {
  readonly scope: Scope;
  readonly functions: readonly FunctionResource[];
  readonly onWarning: (message: string) => void;
}

const keysByType = new Map([
  ['AWS::Lambda::Alias', { function: 'FunctionName', qualifier: 'Name' }],
  ['AWS::Lambda::EventInvokeConfig', { function: 'FunctionName', qualifier: 'Qualifier' }],
  ['AWS::Lambda::Url', { function: 'TargetFunctionArn', qualifier: 'Qualifier' }],
]);

/**
 * What `!Ref` and `!GetAtt` of functions stand for here: names and ARNs at which the local Lambda API answers. SAM calls
 * the alias that it makes `<function>.Alias`, or `<function>Alias<name>`.
 */
export function functionReferences(functions: readonly FunctionResource[], region: string): [string, string][] {
  return functions.flatMap(({ logicalId, name, alias }): [string, string][] => {
    const aliasArn = functionArn(region, name, alias);
    const ofAlias: [string, string][] = [
      [`${logicalId}.Alias`, aliasArn],
      [`${logicalId}Alias${alias ?? ''}`, aliasArn],
    ];
    const ofFunction: [string, string][] = [
      [logicalId, name],
      [`${logicalId}.Arn`, functionArn(region, name)],
    ];
    return alias === undefined ? ofFunction : [...ofFunction, ...ofAlias];
  });
}

/** What `!Ref` of an AWS::Lambda::Alias stands for here. */
export function aliasReferences(aliases: readonly Belonging[], region: string): [string, string][] {
  return aliases.map(({ resource, function: { name }, qualifier }) => [
    resource.logicalId,
    functionArn(region, name, qualifier),
  ]);
}
