import { readIfPossible } from './read-if-possible';
import { whyNotHere } from './code-location';
import type { Scope } from './cloudformation/scope';
import { functionArn } from './function-arn';
import type { Resource } from './resource';

/** A function that is to run here: what the rest of the template may say about it, before all of it can be read. */
export interface DeclaredFunction {
  readonly resource: Resource;
  readonly logicalId: string;
  readonly name: string;
  /** What AutoPublishAlias says. */
  readonly alias: string | undefined;
  readonly hasUrlConfig: boolean;
}

/**
 * Reads as much as there is; what cannot be read is found out again, and told, when the whole function is read.
 * Undefined for what is no function, or none that is to run here, the latter with a warning.
 */
export function readDeclaredFunction(
  resource: Resource,
  scope: Scope,
  onWarning: (message: string) => void,
): DeclaredFunction | undefined {
  const { logicalId, type } = resource;
  if (type !== 'AWS::Serverless::Function' && type !== 'AWS::Lambda::Function') return undefined;
  if (readIfPossible(() => resource.isWanted(scope)) === false) return undefined;
  const properties = readIfPossible(() => resource.properties(scope));
  const obstacle = readIfPossible(() => properties && whyNotHere({ properties, metadata: resource.metadata(scope) }));
  if (obstacle !== undefined) {
    onWarning(`${resource.at}: ${logicalId} is left out: ${obstacle}.`);
    return undefined;
  }
  return {
    resource,
    logicalId,
    name: readIfPossible(() => properties?.textOrPlaceholder('FunctionName')) ?? logicalId,
    alias: readIfPossible(() => properties?.text('AutoPublishAlias')),
    hasUrlConfig: properties?.has('FunctionUrlConfig') ?? false,
  };
}

/**
 * What `!Ref` and `!GetAtt` of functions stand for here: names and ARNs at which the local Lambda API answers. SAM calls
 * the alias that it makes `<function>.Alias`, or `<function>Alias<name>`.
 */
export function functionReferences(functions: readonly DeclaredFunction[], region: string): [string, string][] {
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
