import { unresolved } from './intrinsic-call';
import type { IntrinsicCall, Scope } from './intrinsic-call';
import { resolve } from './intrinsics';
import type { TemplateNode, UnresolvedNode } from './syntax';

/** Whether a condition of the template holds, or what keeps it from being known locally. */
export function evaluateCondition(
  name: string,
  { scope, at }: Pick<IntrinsicCall, 'scope' | 'at'>,
): boolean | UnresolvedNode {
  const condition = scope.conditions.get(name);
  const argument: TemplateNode = { kind: 'scalar', text: name, value: name, at };
  if (condition) return evaluate(condition, scope);
  return unresolved({ name: 'Condition', argument, scope, at }, 'names no condition of the template');
}

function evaluate(node: TemplateNode, scope: Scope): boolean | UnresolvedNode {
  if (node.kind === 'unresolved') return node;
  const [entry] = node.kind === 'map' ? node.entries : [];
  const [name, argument] = entry ?? ['Condition', node];
  const items = argument.kind === 'list' ? argument.items : [argument];
  switch (name) {
    case 'Condition':
      return evaluateCondition(argument.kind === 'scalar' ? argument.text : '', { scope, at: node.at });
    case 'Fn::Equals':
      return equals(items, scope);
    case 'Fn::Not':
      return combine(items, scope, ([value]) => !value);
    case 'Fn::And':
      return combine(items, scope, (values) => values.every(Boolean));
    case 'Fn::Or':
      return combine(items, scope, (values) => values.some(Boolean));
    default:
      return unresolved({ name, argument, scope, at: node.at }, 'is not a condition function');
  }
}

function equals(items: readonly TemplateNode[], scope: Scope): boolean | UnresolvedNode {
  const [left, right] = items.map((item) => resolve(item, scope));
  if (left?.kind === 'unresolved') return left;
  if (right?.kind === 'unresolved') return right;
  return comparable(left) === comparable(right);
}

function combine(
  items: readonly TemplateNode[],
  scope: Scope,
  operator: (values: readonly boolean[]) => boolean,
): boolean | UnresolvedNode {
  const values = items.map((item) => evaluate(item, scope));
  const unknown = values.find((value) => typeof value !== 'boolean');
  return unknown ?? operator(values.filter((value) => typeof value === 'boolean'));
}

/** CloudFormation compares values as text. */
function comparable(node: TemplateNode | undefined): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'at' || key === 'value') return undefined;
    return value instanceof Map ? [...value] : value;
  });
}
