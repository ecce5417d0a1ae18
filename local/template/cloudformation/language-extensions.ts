import { resolve } from './intrinsic-functions';
import { listNode, mapNode } from './nodes';
import type { ListNode, MapNode, ScalarNode, TemplateNode } from './nodes';
import type { Scope } from './scope';
import { UserError } from '../../user-error';

/**
 * Replaces each `Fn::ForEach::Loop: [Identifier, Collection, Fragment]` among the keys of a map by the entries of its
 * fragment, once for each item.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(map: MapNode, scope: Scope): MapNode {
  const entries = new Map<string, TemplateNode>();
  for (const [key, node] of [...map.entries].flatMap(([name, value]) => expandEntry(name, value, scope))) {
    if (entries.has(key))
      throw new UserError(`${node.at}: expected Fn::ForEach to give ${key} once, received it twice.`);
    entries.set(key, node);
  }
  return mapNode(entries, map.at);
}

/** As expandLoops, for the maps inside it too. */
export function expandLoopsWithin(map: MapNode, scope: Scope): MapNode {
  const entries = [...expandLoops(map, scope).entries];
  return mapNode(
    entries.map(([key, value]) => [key, expandLoopsInside(value, scope)]),
    map.at,
  );
}

/** Where the template uses a language extension for the first time. Each needs `Transform: AWS::LanguageExtensions`. */
export function findLanguageExtension(node: TemplateNode): string | undefined {
  const parts = node.kind === 'map' ? [...node.entries] : node.kind === 'list' ? [...node.items.entries()] : [];
  for (const [key, value] of parts) {
    const name = String(key);
    const isExtension = /^Fn::(ForEach::.*|Length|ToJsonString)$/.test(name) || hasDefault(name, value);
    const found = isExtension ? `${value.at}: ${name}` : findLanguageExtension(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

const hasDefault = (name: string, value: TemplateNode): boolean =>
  name === 'Fn::FindInMap' && value.kind === 'list' && value.items.length > 3;

function expandLoopsInside(node: TemplateNode, scope: Scope): TemplateNode {
  if (node.kind === 'list') return mapItems(node, (item) => expandLoopsInside(item, scope));
  return node.kind === 'map' ? expandLoopsWithin(node, scope) : node;
}

function expandEntry(key: string, node: TemplateNode, scope: Scope): [string, TemplateNode][] {
  if (!key.startsWith('Fn::ForEach::')) return [[key, node]];
  const [identifier, collection, fragment] = node.kind === 'list' ? node.items : [];
  if (identifier?.kind !== 'scalar' || !collection || fragment?.kind !== 'map') {
    throw new UserError(`${node.at}: ${key}: expected a list of an identifier, a collection and a map.`);
  }
  return itemsOf(collection, key, scope).flatMap((item) => {
    const entries = substituteEntries(fragment, identifier.text, item);
    return entries.flatMap(([name, value]) => expandEntry(name, value, scope));
  });
}

function itemsOf(collection: TemplateNode, key: string, scope: Scope): ScalarNode[] {
  const resolved = resolve(collection, scope);
  const items = resolved?.kind === 'list' ? resolved.items : [resolved ?? collection];
  return items.map((item) => {
    if (item.kind === 'scalar' && resolved?.kind === 'list') return item;
    const received = item.kind === 'unresolved' ? `${item.intrinsic}, which ${item.reason}` : `a ${item.kind}`;
    throw new UserError(
      `${item.at}: ${key}: expected a collection of strings that is known locally, received ${received}.`,
    );
  });
}

function substitute(node: TemplateNode, identifier: string, item: ScalarNode): TemplateNode {
  if (node.kind === 'scalar') return { ...node, text: substituteText(node.text, identifier, item) };
  if (node.kind === 'list') return mapItems(node, (inner) => substitute(inner, identifier, item));
  if (node.kind !== 'map') return node;
  const referred = node.entries.size === 1 ? node.entries.get('Ref') : undefined;
  if (referred?.kind === 'scalar' && referred.text === identifier) return { ...item, at: node.at };
  return mapNode(substituteEntries(node, identifier, item), node.at);
}

const substituteEntries = (map: MapNode, identifier: string, item: ScalarNode): [string, TemplateNode][] =>
  [...map.entries].map(([key, value]) => [substituteText(key, identifier, item), substitute(value, identifier, item)]);

/** `${Name}` stands for the item, `&{Name}` for its letters and digits: those alone may be part of a logical id. */
const substituteText = (text: string, identifier: string, { text: value }: ScalarNode): string =>
  text
    .replaceAll(`\${${identifier}}`, () => value)
    .replaceAll(`&{${identifier}}`, () => value.replaceAll(/[^0-9a-z]/gi, ''));

const mapItems = (list: ListNode, change: (item: TemplateNode) => TemplateNode): ListNode =>
  listNode(list.items.map(change), list.at);
