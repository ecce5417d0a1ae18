import { evaluateCondition } from './conditions';
import { textOf, unresolved } from './intrinsic-call';
import type { IntrinsicCall, Scope } from './intrinsic-call';
import { listNode, scalarNode } from './syntax';
import type { MapNode, TemplateNode } from './syntax';

/**
 * Replaces the intrinsics in a node by their values. Never throws: what cannot be known locally becomes an unresolved
 * node, since most of a template is of no concern to a function that runs here. Undefined stands for AWS::NoValue.
 */
export function resolve(node: TemplateNode, scope: Scope): TemplateNode | undefined {
  if (node.kind === 'list') return listNode(resolveAll(node.items, scope), node.at);
  if (node.kind !== 'map') return node;
  const [entry] = node.entries;
  const intrinsic = entry && node.entries.size === 1 ? intrinsics.get(entry[0]) : undefined;
  if (entry && intrinsic) return intrinsic(entry[1], { name: entry[0], argument: entry[1], scope, at: node.at });
  return resolveMap(node, scope);
}

/** As resolve, for a map that is known not to be an intrinsic itself, or to be of no use when it is. */
export function resolveMap(node: MapNode, scope: Scope): MapNode {
  const entries = [...node.entries].flatMap(([key, value]): [string, TemplateNode][] => {
    const resolved = resolve(value, scope);
    return resolved ? [[key, resolved]] : [];
  });
  return { ...node, entries: new Map(entries) };
}

type Intrinsic = (argument: TemplateNode, call: IntrinsicCall) => TemplateNode | undefined;

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (argument, call) => reference(textOf(argument), call)],
  ['Fn::GetAtt', (argument, call) => attribute(textOf(argument, '.'), call)],
  ['Fn::Sub', substitute],
  ['Fn::Join', join],
  ['Fn::Split', split],
  ['Fn::Select', select],
  ['Fn::FindInMap', findInMap],
  ['Fn::If', choose],
  ['Fn::Base64', base64],
  ['Fn::Cidr', unavailable],
  ['Fn::GetAZs', unavailable],
  ['Fn::ImportValue', unavailable],
  ['Fn::Transform', unavailable],
]);

function reference(name: string, call: IntrinsicCall): TemplateNode | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const parameter = call.scope.parameters.get(name);
  if (parameter) return { ...parameter, at: call.at };
  if (call.scope.resources.has(name)) return unresolved(call, 'is known only once the stack is deployed', name);
  return unresolved(call, 'names neither a parameter nor a resource of the template');
}

function attribute(path: string, call: IntrinsicCall): TemplateNode {
  return unresolved(call, 'is known only once the stack is deployed', path);
}

function unavailable(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  return unresolved(call, 'can only be resolved in AWS', textOf(argument));
}

function substitute(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return unresolved(call, 'expects a string, or a list of a string and a map');
  // '${!Name}' stands for a literal '${Name}'.
  const parts = template.text.split(/(\$\{[^}]+\})/).map((part): TemplateNode | undefined => {
    const name = /^\$\{([^}]+)\}$/.exec(part)?.[1]?.trim();
    if (name === undefined) return scalarNode(part, call.at);
    if (name.startsWith('!')) return scalarNode(`\${${name.slice(1)}}`, call.at);
    const variable = variables?.kind === 'map' ? variables.entries.get(name) : undefined;
    if (variable) return resolve(variable, call.scope);
    return name.includes('.') ? attribute(name, call) : reference(name, call);
  });
  return concatenate(
    parts.filter((part) => part !== undefined),
    '',
    call,
  );
}

function join(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  const [delimiter, list] = argumentsOf(argument, call);
  if (list?.kind === 'unresolved') return list;
  if (delimiter?.kind !== 'scalar' || list?.kind !== 'list') return unresolved(call, 'expects a delimiter and a list');
  return concatenate(list.items, delimiter.text, call);
}

function split(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  const [delimiter, text] = argumentsOf(argument, call);
  if (text?.kind === 'unresolved') return text;
  if (delimiter?.kind !== 'scalar' || text?.kind !== 'scalar')
    return unresolved(call, 'expects a delimiter and a string');
  return listNode(
    text.text.split(delimiter.text).map((part) => scalarNode(part, call.at)),
    call.at,
  );
}

function select(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  const [index, list] = argumentsOf(argument, call);
  if (list?.kind === 'unresolved') return list;
  const item = list?.kind === 'list' && index?.kind === 'scalar' ? list.items[Number(index.text)] : undefined;
  return item ?? unresolved(call, 'expects an index and a list that has an item there');
}

function findInMap(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  const keys = argumentsOf(argument, call);
  const unknown = keys.find((key) => key.kind === 'unresolved');
  if (unknown) return unknown;
  const [map, ...path] = keys.slice(0, 3).map((key) => textOf(key));
  const found = path.reduce(
    (node: TemplateNode | undefined, key) => (node?.kind === 'map' ? node.entries.get(key) : undefined),
    call.scope.mappings.get(map ?? ''),
  );
  return found ?? unresolved(call, 'finds no such entry in the Mappings');
}

function choose(argument: TemplateNode, call: IntrinsicCall): TemplateNode | undefined {
  const [condition, whenTrue, whenFalse] = argument.kind === 'list' ? argument.items : [];
  if (!condition || !whenTrue || !whenFalse) return unresolved(call, 'expects a condition and two values');
  const holds = evaluateCondition(textOf(condition), call);
  if (typeof holds !== 'boolean') return holds;
  return resolve(holds ? whenTrue : whenFalse, call.scope);
}

function base64(argument: TemplateNode, call: IntrinsicCall): TemplateNode {
  const text = resolve(argument, call.scope);
  if (text?.kind === 'unresolved') return text;
  if (text?.kind !== 'scalar') return unresolved(call, 'expects a string');
  return scalarNode(Buffer.from(text.text).toString('base64'), call.at);
}

/** Unresolved as soon as one part is, but with a text that shows the parts that are known. */
function concatenate(parts: readonly TemplateNode[], delimiter: string, call: IntrinsicCall): TemplateNode {
  const text = parts.map((part) => textOf(part)).join(delimiter);
  const unknown = parts.find((part) => part.kind === 'unresolved');
  return unknown ? { ...unknown, text } : scalarNode(text, call.at);
}

function argumentsOf(argument: TemplateNode, call: IntrinsicCall): readonly TemplateNode[] {
  return argument.kind === 'list' ? resolveAll(argument.items, call.scope) : [];
}

function resolveAll(nodes: readonly TemplateNode[], scope: Scope): TemplateNode[] {
  return nodes.flatMap((node) => resolve(node, scope) ?? []);
}
