import { textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, TemplateNode } from './nodes';

/** What a template's intrinsics may refer to. */
export interface Scope {
  /** Template parameters and pseudo parameters, with their values. */
  readonly parameters: ReadonlyMap<string, TemplateNode>;
  readonly conditions: ReadonlyMap<string, TemplateNode>;
  readonly mappings: ReadonlyMap<string, TemplateNode>;
  readonly resources: ReadonlyMap<string, TemplateNode>;
}

/** The value of `!Ref name`; undefined stands for AWS::NoValue. */
export function reference(name: string, scope: Scope, call: IntrinsicCall): TemplateNode | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const parameter = scope.parameters.get(name);
  if (parameter) return { ...parameter, at: call.at };
  if (scope.resources.has(name)) return unresolvedNode(call, 'is known only once the stack is deployed', name);
  return unresolvedNode(call, 'names neither a parameter nor a resource of the template');
}

/** The value of `!GetAtt path`. */
export function attribute(path: string, call: IntrinsicCall): TemplateNode {
  return unresolvedNode(call, 'is known only once the stack is deployed', path);
}

/** The value that the Mappings have under these keys. */
export function mappedValue(keys: readonly TemplateNode[], scope: Scope, call: IntrinsicCall): TemplateNode {
  const unknown = keys.find((key) => key.kind === 'unresolved');
  if (unknown) return unknown;
  const [map, ...path] = keys.slice(0, 3).map((key) => textOf(key));
  const found = path.reduce(
    (node: TemplateNode | undefined, key) => (node?.kind === 'map' ? node.entries.get(key) : undefined),
    scope.mappings.get(map ?? ''),
  );
  return found ?? unresolvedNode(call, 'finds no such entry in the Mappings');
}
