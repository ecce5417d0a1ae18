import { listNode, scalarNode, textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, TemplateNode, UnresolvedNode } from './nodes';

/** An intrinsic that is a function of its arguments alone, which come resolved. */
export type PureFunction = (args: readonly TemplateNode[], call: IntrinsicCall) => TemplateNode;

export function join([delimiter, list]: readonly TemplateNode[], call: IntrinsicCall): TemplateNode {
  if (list?.kind === 'unresolved') return list;
  if (delimiter?.kind !== 'scalar' || list?.kind !== 'list') {
    return unresolvedNode(call, 'expects a delimiter and a list');
  }
  return concatenate(list.items, delimiter.text, call.at);
}

export function split([delimiter, text]: readonly TemplateNode[], call: IntrinsicCall): TemplateNode {
  if (text?.kind === 'unresolved') return text;
  if (delimiter?.kind !== 'scalar' || text?.kind !== 'scalar') {
    return unresolvedNode(call, 'expects a delimiter and a string');
  }
  return listNode(
    text.text.split(delimiter.text).map((part) => scalarNode(part, call.at)),
    call.at,
  );
}

export function select([index, list]: readonly TemplateNode[], call: IntrinsicCall): TemplateNode {
  if (list?.kind === 'unresolved') return list;
  const item = list?.kind === 'list' && index?.kind === 'scalar' ? list.items[Number(index.text)] : undefined;
  return item ?? unresolvedNode(call, 'expects an index and a list that has an item there');
}

export function base64([text]: readonly TemplateNode[], call: IntrinsicCall): TemplateNode {
  if (text?.kind === 'unresolved') return text;
  if (text?.kind !== 'scalar') return unresolvedNode(call, 'expects a string');
  return scalarNode(Buffer.from(text.text).toString('base64'), call.at);
}

/** A language extension. */
export function length(list: TemplateNode | undefined, call: IntrinsicCall): TemplateNode {
  if (list?.kind === 'unresolved') return list;
  if (list?.kind !== 'list') return unresolvedNode(call, 'expects a list');
  return scalarNode(String(list.items.length), call.at, 'number');
}

/** A language extension. */
export function toJsonString(value: TemplateNode | undefined, call: IntrinsicCall): TemplateNode {
  if (value?.kind === 'unresolved') return value;
  if (value?.kind !== 'map' && value?.kind !== 'list') return unresolvedNode(call, 'expects a map or a list');
  return withText(toJson(value), [value], call.at);
}

function toJson(node: TemplateNode): string {
  if (node.kind === 'list') return `[${node.items.map(toJson).join(',')}]`;
  if (node.kind === 'map') {
    return `{${[...node.entries].map(([key, value]) => `${JSON.stringify(key)}:${toJson(value)}`).join(',')}}`;
  }
  if (node.kind === 'unresolved' || node.type === 'string') return JSON.stringify(node.text);
  return node.type === 'null' ? 'null' : node.text;
}

/** Unresolved as soon as one part is, but with a text that shows the parts that are known. */
export function concatenate(parts: readonly TemplateNode[], delimiter: string, at: string): TemplateNode {
  return withText(parts.map((part) => textOf(part)).join(delimiter), parts, at);
}

function withText(text: string, parts: readonly TemplateNode[], at: string): TemplateNode {
  const unknown = findUnresolved(parts);
  return unknown ? { ...unknown, text } : scalarNode(text, at);
}

function findUnresolved(nodes: Iterable<TemplateNode>): UnresolvedNode | undefined {
  for (const node of nodes) {
    if (node.kind === 'unresolved') return node;
    const inside = node.kind === 'map' ? node.entries.values() : node.kind === 'list' ? node.items : [];
    const unknown = findUnresolved(inside);
    if (unknown) return unknown;
  }
  return undefined;
}
