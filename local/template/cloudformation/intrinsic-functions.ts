import { choose, evaluateCondition } from './conditions';
import { listNode, mapNode, scalarNode, textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, MapNode, TemplateNode, UnresolvedNode } from './nodes';
import { base64, concatenate, join, length, select, split, toJsonString } from './pure-functions';
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
export function isTrue(condition: string, scope: Scope, at: string): boolean | UnresolvedNode {
  return evaluateCondition(condition, { scope, at, resolve });
}

type Intrinsic = (call: IntrinsicCall, scope: Scope) => TemplateNode | undefined;

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', refer],
  [
    'Fn::GetAtt',
    (call, scope) =>
      attribute(
        argumentsOf(call, scope)
          .map((part) => textOf(part))
          .join('.'),
        scope,
        call,
      ),
  ],
  ['Fn::FindInMap', findInMap],
  ['Fn::Sub', substitute],
  ['Fn::If', (call, scope) => choose(call, { scope, at: call.at, resolve })],
  ['Fn::Join', pure(join)],
  ['Fn::Split', pure(split)],
  ['Fn::Select', pure(select)],
  ['Fn::Base64', pure(base64)],
  ['Fn::Length', (call, scope) => length(resolve(call.argument, scope), call)],
  ['Fn::ToJsonString', (call, scope) => toJsonString(resolve(call.argument, scope), call)],
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

/** As a language extension its argument may be an intrinsic itself. */
function refer(call: IntrinsicCall, scope: Scope): TemplateNode | undefined {
  const name = resolve(call.argument, scope);
  return name?.kind === 'unresolved' ? name : name && reference(textOf(name), scope, call);
}

/** As a language extension it may have a fourth argument, `DefaultValue: ...`. */
function findInMap(call: IntrinsicCall, scope: Scope): TemplateNode | undefined {
  const items = call.argument.kind === 'list' ? call.argument.items : [];
  const keys = resolveAll(items.slice(0, 3), scope);
  const found = keys.find((key) => key.kind === 'unresolved') ?? mappedValue(keys, scope);
  if (found) return found;
  const options = items[3];
  const otherwise = options?.kind === 'map' ? options.entries.get('DefaultValue') : undefined;
  return otherwise ? resolve(otherwise, scope) : unresolvedNode(call, 'finds no such entry in the Mappings');
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
    return name.includes('.') ? attribute(name, scope, call) : reference(name, scope, call);
  });
  return concatenate(
    parts.filter((part) => part !== undefined),
    '',
    at,
  );
}

function argumentsOf({ argument }: IntrinsicCall, scope: Scope): readonly TemplateNode[] {
  const resolved = resolve(argument, scope);
  return resolved?.kind === 'list' ? resolved.items : resolved ? [resolved] : [];
}

function resolveAll(nodes: readonly TemplateNode[], scope: Scope): TemplateNode[] {
  return nodes.flatMap((node) => resolve(node, scope) ?? []);
}
