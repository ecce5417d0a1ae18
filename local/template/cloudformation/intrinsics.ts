import { listNode, mapNode, scalarNode, textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, MapNode, TemplateNode, UnresolvedNode } from './nodes';
import { base64, concatenate, join, select, split } from './pure-functions';
import type { PureFunction } from './pure-functions';
import { attribute, mappedValue, reference } from './scope';
import type { Scope } from './scope';

/**
 * Replaces the intrinsics in a node by their values. Never throws: what cannot be known locally becomes an unresolved
 * node, since most of a template is of no concern to a function that runs here. Undefined stands for AWS::NoValue.
 */
export function resolve(node: TemplateNode, scope: Scope): TemplateNode | undefined {
  if (node.kind === 'list') return listNode(resolveAll(node.items, scope), node.at);
  if (node.kind !== 'map') return node;
  const [entry] = node.entries;
  const intrinsic = entry && node.entries.size === 1 ? intrinsics.get(entry[0]) : undefined;
  if (entry && intrinsic) return intrinsic({ name: entry[0], argument: entry[1], at: node.at }, scope);
  return resolveMap(node, scope);
}

/** As resolve, for a map that is known not to be an intrinsic itself, or to be of no use when it is. */
export function resolveMap(node: MapNode, scope: Scope): MapNode {
  const entries = [...node.entries].flatMap(([key, value]): [string, TemplateNode][] => {
    const resolved = resolve(value, scope);
    return resolved ? [[key, resolved]] : [];
  });
  return mapNode(entries, node.at);
}

/** Whether a condition of the template holds, or what keeps it from being known locally. */
export function evaluateCondition(name: string, scope: Scope, at: string): boolean | UnresolvedNode {
  const condition = scope.conditions.get(name);
  if (condition) return evaluate(condition, scope);
  return unresolvedNode(
    { name: 'Condition', argument: scalarNode(name, at), at },
    'names no condition of the template',
  );
}

type Intrinsic = (call: IntrinsicCall, scope: Scope) => TemplateNode | undefined;

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (call, scope) => reference(textOf(call.argument), scope, call)],
  ['Fn::GetAtt', (call) => attribute(textOf(call.argument, '.'), call)],
  ['Fn::FindInMap', (call, scope) => mappedValue(argumentsOf(call, scope), scope, call)],
  ['Fn::Sub', substitute],
  ['Fn::If', choose],
  ['Fn::Join', pure(join)],
  ['Fn::Split', pure(split)],
  ['Fn::Select', pure(select)],
  ['Fn::Base64', pure(base64)],
  ['Fn::Cidr', unavailable],
  ['Fn::GetAZs', unavailable],
  ['Fn::ImportValue', unavailable],
  ['Fn::Transform', unavailable],
]);

function pure(apply: PureFunction): Intrinsic {
  return (call, scope) => apply(argumentsOf(call, scope), call);
}

function unavailable(call: IntrinsicCall): TemplateNode {
  return unresolvedNode(call, 'can only be resolved in AWS', textOf(call.argument));
}

function substitute(call: IntrinsicCall, scope: Scope): TemplateNode {
  const { argument, at } = call;
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return unresolvedNode(call, 'expects a string, or a list of a string and a map');
  // '${!Name}' stands for a literal '${Name}'.
  const parts = template.text.split(/(\$\{[^}]+\})/).map((part): TemplateNode | undefined => {
    const name = /^\$\{([^}]+)\}$/.exec(part)?.[1]?.trim();
    if (name === undefined) return scalarNode(part, at);
    if (name.startsWith('!')) return scalarNode(`\${${name.slice(1)}}`, at);
    const variable = variables?.kind === 'map' ? variables.entries.get(name) : undefined;
    if (variable) return resolve(variable, scope);
    return name.includes('.') ? attribute(name, call) : reference(name, scope, call);
  });
  return concatenate(
    parts.filter((part) => part !== undefined),
    '',
    at,
  );
}

function choose(call: IntrinsicCall, scope: Scope): TemplateNode | undefined {
  const [condition, whenTrue, whenFalse] = call.argument.kind === 'list' ? call.argument.items : [];
  if (!condition || !whenTrue || !whenFalse) return unresolvedNode(call, 'expects a condition and two values');
  const holds = evaluateCondition(textOf(condition), scope, call.at);
  if (typeof holds !== 'boolean') return holds;
  return resolve(holds ? whenTrue : whenFalse, scope);
}

/** Of a condition, or of what it is made of. */
function evaluate(node: TemplateNode, scope: Scope): boolean | UnresolvedNode {
  if (node.kind === 'unresolved') return node;
  const [entry] = node.kind === 'map' ? node.entries : [];
  const [name, argument] = entry ?? ['Condition', node];
  const items = argument.kind === 'list' ? argument.items : [argument];
  switch (name) {
    case 'Condition':
      return evaluateCondition(argument.kind === 'scalar' ? argument.text : '', scope, node.at);
    case 'Fn::Equals':
      return equals(items, scope);
    case 'Fn::Not':
      return combine(items, scope, ([value]) => !value);
    case 'Fn::And':
      return combine(items, scope, (values) => values.every(Boolean));
    case 'Fn::Or':
      return combine(items, scope, (values) => values.some(Boolean));
    default:
      return unresolvedNode({ name, argument, at: node.at }, 'is not a condition function');
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
    if (key === 'at' || key === 'type') return undefined;
    return value instanceof Map ? [...value] : value;
  });
}

function argumentsOf({ argument }: IntrinsicCall, scope: Scope): readonly TemplateNode[] {
  const resolved = resolve(argument, scope);
  return resolved?.kind === 'list' ? resolved.items : resolved ? [resolved] : [];
}

function resolveAll(nodes: readonly TemplateNode[], scope: Scope): TemplateNode[] {
  return nodes.flatMap((node) => resolve(node, scope) ?? []);
}
