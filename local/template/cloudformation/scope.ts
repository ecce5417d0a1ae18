import { isNull, scalarNode, textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, TemplateNode } from './nodes';

/** What a template's intrinsics may refer to. */
export interface Scope {
  /** Template parameters and pseudo parameters, with their values. */
  readonly parameters: ReadonlyMap<string, TemplateNode>;
  readonly conditions: ReadonlyMap<string, TemplateNode>;
  readonly mappings: ReadonlyMap<string, TemplateNode>;
  readonly resources: ReadonlyMap<string, TemplateNode>;
  /** What references to resources that run here stand for, by `LogicalId` and by `LogicalId.Attribute`. */
  readonly known: ReadonlyMap<string, string>;
}

/** The value of `!Ref name`; undefined stands for AWS::NoValue. */
export function reference(name: string, scope: Scope, call: IntrinsicCall): TemplateNode | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const parameter = scope.parameters.get(name);
  if (parameter) return { ...parameter, at: call.at };
  const known = scope.known.get(name);
  if (known !== undefined) return scalarNode(known, call.at);
  const isResource = scope.resources.has(name);
  const reason = isResource ? onlyDeployed : 'names neither a parameter nor a resource of the template';
  return unresolvedNode(call, reason, name);
}

/** The value of `!GetAtt path`. */
export function attribute(path: string, scope: Scope, call: IntrinsicCall): TemplateNode {
  const known = scope.known.get(path);
  return known === undefined ? unresolvedNode(call, onlyDeployed, path) : scalarNode(known, call.at);
}

const onlyDeployed = 'is known only once the stack is deployed';

/** What the Mappings have under these keys. CloudFormation takes a null there for nothing. */
export function mappedValue([map, ...path]: readonly TemplateNode[], scope: Scope): TemplateNode | undefined {
  const found = path.reduce(
    (node: TemplateNode | undefined, key) => (node?.kind === 'map' ? node.entries.get(textOf(key)) : undefined),
    map && scope.mappings.get(textOf(map)),
  );
  return found && isNull(found) ? undefined : found;
}
