import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import { listNode, mapNode, scalarNode } from './nodes';
import type { MapNode, TemplateNode } from './nodes';
import { UserError } from '../user-error';

/** Reads YAML or JSON (which is YAML too). Short forms such as `!Ref X` become `{ Ref: X }`. */
export function parseTemplate(source: string, file: string): MapNode {
  const lines = new LineCounter();
  // Tags are ours to judge: the parser need not warn about those it does not know.
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'error' });
  const [problem] = document.errors;
  if (problem) throw new UserError(`${file}: ${problem.message}`, { cause: problem });

  const root = convert(document.contents, {
    document,
    at: (node) => (node.range ? `${file}:${lines.linePos(node.range[0]).line}` : file),
  });
  if (root.kind !== 'map') throw new UserError(`${file}: expected a template, which is a map, got a ${root.kind}.`);
  return root;
}

interface Source {
  readonly document: Document;
  readonly at: (node: Node) => string;
}

function convert(node: unknown, source: Source): TemplateNode {
  if (isAlias(node)) return convert(node.resolve(source.document), source);
  if (!isNode(node)) return { kind: 'scalar', text: '', value: null, at: '' };
  const at = source.at(node);
  const plain = convertUntagged(node, source, at);
  if (!node.tag?.startsWith('!')) return plain;
  const longForm = longForms.get(node.tag);
  if (longForm === undefined)
    throw new UserError(`${at}: expected a CloudFormation function, got the tag ${node.tag}.`);
  return mapNode([[longForm, node.tag === '!GetAtt' ? splitAttribute(plain) : plain]], at);
}

function convertUntagged(node: Node, source: Source, at: string): TemplateNode {
  if (isSeq(node))
    return listNode(
      node.items.map((item) => convert(item, source)),
      at,
    );
  if (isMap(node)) return mapNode(entriesOf(node.items, source), at);
  const value: unknown = isScalar(node) ? node.value : null;
  if (typeof value === 'boolean') return { kind: 'scalar', text: String(value), value, at };
  if (typeof value !== 'string' && typeof value !== 'number') return { kind: 'scalar', text: '', value: null, at };
  return { kind: 'scalar', text: (isScalar(node) && node.source) || String(value), value, at };
}

/** The map's entries; what a merge key (`<<: *anchor`) brings in comes first, so that the map's own entries win. */
function entriesOf(pairs: readonly Pair[], source: Source): [string, TemplateNode][] {
  const entries = pairs.map(({ key, value }): [string, TemplateNode] => [
    isScalar(key) ? String(key.value) : String(key),
    convert(value, source),
  ]);
  const merged = entries.filter(([key]) => key === '<<').flatMap(([, node]) => mergedEntries(node));
  return [...merged, ...entries.filter(([key]) => key !== '<<')];
}

function mergedEntries(node: TemplateNode): [string, TemplateNode][] {
  if (node.kind === 'list') return node.items.toReversed().flatMap(mergedEntries);
  return node.kind === 'map' ? [...node.entries] : [];
}

/** `!GetAtt Table.Arn` is short for `Fn::GetAtt: [Table, Arn]`. */
function splitAttribute(node: TemplateNode): TemplateNode {
  if (node.kind !== 'scalar') return node;
  const dot = node.text.indexOf('.');
  const parts = dot < 0 ? [node.text] : [node.text.slice(0, dot), node.text.slice(dot + 1)];
  return listNode(
    parts.map((text) => scalarNode(text, node.at)),
    node.at,
  );
}

const longForms = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
    'Transform',
  ].map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);
