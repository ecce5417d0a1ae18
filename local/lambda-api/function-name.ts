import { functionArn, parseFunctionName } from '../template/function-arn';
import type { EnvironmentPool } from '../environment/pool';
import { functionFailed, functionNotFound, invalidParameter, invalidRequest } from './errors';

export interface InvokedFunction {
  readonly pool: EnvironmentPool;
  /** As the caller gave it: `$LATEST` or an alias of the template, all of which are the same code here. */
  readonly qualifier: string | undefined;
}

/**
 * Finds a function by what a client calls it, percent-encoded as in the path of a request: a name, a partial ARN
 * (`123456789012:function:name`) or a whole one, each with or without a qualifier.
 *
 * @param cannotRun names of functions that are there and failed to be read or built
 */
export function findFunction(
  pools: readonly EnvironmentPool[],
  encodedName: string,
  qualifierParameter: string | null,
  cannotRun: readonly string[] = [],
): InvokedFunction {
  const asked = decode(encodedName);
  const named = parseFunctionName(asked);
  if (!named) throw invalidRequest('functionName', asked, `regular expression pattern: ${awsPattern}`);
  const { name, qualifier: ownQualifier } = named;
  if (ownQualifier !== undefined && qualifierParameter !== null && ownQualifier !== qualifierParameter) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  const qualifier = ownQualifier ?? qualifierParameter ?? undefined;
  const pool = pools.find(({ definition }) => definition.name === name || definition.logicalId === name);
  if (pool && [undefined, '$LATEST', ...pool.definition.aliases].includes(qualifier)) return { pool, qualifier };
  if (cannotRun.includes(name)) throw functionFailed(name);
  throw functionNotFound(functionArn(pools[0]?.region ?? 'us-east-1', name, qualifier));
}

const awsPattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?' +
  '([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
