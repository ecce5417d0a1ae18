import { scalarNode, textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, TemplateNode, UnresolvedNode } from './nodes';
import type { Scope } from './scope';

export interface ConditionContext {
  readonly scope: Scope;
  readonly at: string;
  /** Replaces the intrinsics in what a condition compares. */
  readonly resolve: (node: TemplateNode, scope: Scope) => TemplateNode | undefined;
}

/** Whether a condition of the template holds, or what keeps it from being known locally. */
export function evaluateCondition(name: string, context: ConditionContext): boolean | UnresolvedNode {
  const { scope, at } = context;
  const condition = scope.conditions.get(name);
  const call = { name: 'Condition', argument: scalarNode(name, at), at };
  if (!condition) return unresolvedNode(call, 'names no condition of the template');
  const conditions = new Map(scope.conditions).set(name, unresolvedNode(call, 'refers to itself'));
  return evaluate(condition, { ...context, scope: { ...scope, conditions } });
}

/** `Fn::If`. Undefined where it chooses AWS::NoValue. */
export function choose({ name, argument, at }: IntrinsicCall, context: ConditionContext): TemplateNode | undefined {
  const [condition, whenTrue, whenFalse] = argument.kind === 'list' ? argument.items : [];
  if (!condition || !whenTrue || !whenFalse) {
    return unresolvedNode({ name, argument, at }, 'expects a condition and two values');
  }
  const holds = evaluateCondition(textOf(condition), context);
  if (typeof holds !== 'boolean') return holds;
  return context.resolve(holds ? whenTrue : whenFalse, context.scope);
}

function evaluate(node: TemplateNode, context: ConditionContext): boolean | UnresolvedNode {
  if (node.kind === 'unresolved') return node;
  const [entry] = node.kind === 'map' ? node.entries : [];
  const [name, argument] = entry ?? ['Condition', node];
  const items = argument.kind === 'list' ? argument.items : [argument];
  switch (name) {
    case 'Condition':
      return evaluateCondition(argument.kind === 'scalar' ? argument.text : '', { ...context, at: node.at });
    case 'Fn::Equals':
      return equals(items, context);
    case 'Fn::Not':
      return combine(items, context, ([value]) => !value);
    case 'Fn::And':
      return combine(items, context, (values) => values.every(Boolean));
    case 'Fn::Or':
      return combine(items, context, (values) => values.some(Boolean));
    default:
      return unresolvedNode({ name, argument, at: node.at }, 'is not a condition function');
  }
}

function equals(items: readonly TemplateNode[], { scope, resolve }: ConditionContext): boolean | UnresolvedNode {
  const [left, right] = items.map((item) => resolve(item, scope));
  if (left?.kind === 'unresolved') return left;
  if (right?.kind === 'unresolved') return right;
  return comparable(left) === comparable(right);
}

function combine(
  items: readonly TemplateNode[],
  context: ConditionContext,
  operator: (values: readonly boolean[]) => boolean,
): boolean | UnresolvedNode {
  const values = items.map((item) => evaluate(item, context));
  const unknown = values.find((value) => typeof value !== 'boolean');
  return unknown ?? operator(values.filter((value) => typeof value === 'boolean'));
}

/** CloudFormation compares values as text. */
function comparable(node: TemplateNode | undefined): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'at' || key === 'type') return undefined;
    return value instanceof Map ? [...value] : value;
  });
}
