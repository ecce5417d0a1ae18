import { readIfPossible } from './read-if-possible';
import { whyNotHere } from './code-location';
import type { Scope } from './cloudformation/scope';
import type { Resource } from './resource';

/** A function that is to run here: what the rest of the template may say about it, before all of it can be read. */
export interface FunctionResource {
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
export function readFunctionResource(
  resource: Resource,
  scope: Scope,
  onWarning: (message: string) => void,
): FunctionResource | undefined {
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
