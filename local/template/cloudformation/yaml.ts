import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node, Pair, Scalar } from 'yaml';
import { listNode, mapNode, scalarNode } from './nodes';
import type { MapNode, ScalarNode, TemplateNode } from './nodes';
import { readPlainScalar } from './yaml-scalar';
import { UserError } from '../../user-error';

/**
 * Reads YAML or JSON (which is YAML too). Short forms such as `!Ref X` become `{ Ref: X }`.
 *
 * @param onWarning is told of what CloudFormation refuses, or does not define, and this reader lets pass
 */
export function parseTemplate(source: string, file: string, onWarning: (message: string) => void): MapNode {
  const { document, lines } = parse(source);
  const [problem] = document.errors;
  if (problem) throw new UserError(`${file}: ${problem.message}`, { cause: problem });

  const root = convert(document.contents, {
    document,
    at: (node) => (node.range ? `${file}:${lines.linePos(node.range[0]).line}` : file),
    onWarning,
  });
  if (root.kind !== 'map')
    throw new UserError(`${file}: expected a template, which is a map, received a ${root.kind}.`);
  return root;
}

/**
 * To CloudFormation it means nothing how the lines of `{...}` and `[...]` are indented, while the parser stops at one that
 * is not: each such line is indented, and all read again.
 */
function parse(source: string, indented = 0): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    // Tags are ours to judge: the parser need not warn about those it does not know.
    logLevel: 'error',
    // Every value as it is written: what it means is CloudFormation's to say, not that of YAML 1.2.
    schema: 'failsafe',
    uniqueKeys: false,
  });
  const [problem] = document.errors;
  const line = problem?.linePos?.[0].line ?? 0;
  if (problem?.code !== 'BAD_INDENT' || !problem.message.startsWith('Flow') || line <= indented)
    return { document, lines };
  const all = source.split('\n');
  return parse(all.with(line - 1, `${' '.repeat(100)}${all[line - 1] ?? ''}`).join('\n'), line);
}

interface Source {
  readonly document: Document;
  readonly at: (node: Node) => string;
  readonly onWarning: (message: string) => void;
}

function convert(node: unknown, source: Source): TemplateNode {
  if (isAlias(node)) return convert(node.resolve(source.document), source);
  if (!isNode(node)) return scalarNode('', '', 'null');
  const at = source.at(node);
  const untagged = convertUntagged(node, source, at);
  if (!node.tag?.startsWith('!')) return untagged;
  const longForm = longForms.get(node.tag);
  if (longForm === undefined) {
    throw new UserError(`${at}: expected a CloudFormation function, received the tag ${node.tag}.`);
  }
  return mapNode([[longForm, node.tag === '!GetAtt' ? splitAttribute(untagged) : untagged]], at);
}

function convertUntagged(node: Node, source: Source, at: string): TemplateNode {
  if (isMap(node)) return mapNode(entriesOf(node.items, source), at);
  if (isScalar(node)) return convertScalar(node, at);
  const items = isSeq(node) ? node.items : [];
  return listNode(
    items.map((item) => convert(item, source)),
    at,
  );
}

/** A tag of its own makes any value text, quotes do too. */
function convertScalar(node: Scalar, at: string): ScalarNode {
  const written = String(node.value);
  if (node.type !== 'PLAIN' || node.tag !== undefined) return scalarNode(written, at);
  const { text, type } = readPlainScalar(written);
  return scalarNode(text, at, type);
}

/** The map's entries; what a merge key (`<<: *anchor`) brings in comes first, so that the map's own entries win. */
function entriesOf(pairs: readonly Pair[], source: Source): [string, TemplateNode][] {
  const entries = pairs.map(({ key, value }): [string, TemplateNode] => {
    const name = readKey(key, source);
    const node = convert(value, source);
    // What stands in the lines after its key is best found by the key.
    const at = isNode(key) && node.kind !== 'scalar' ? source.at(key) : node.at;
    return [name, { ...node, at }];
  });
  const merged = entries.filter(([key]) => key === '<<').flatMap(([, node]) => mergedEntries(node));
  const own = entries.filter(([key]) => key !== '<<');
  own.forEach(([key, { at }], index) => {
    if (own.findIndex(([other]) => other === key) < index) {
      source.onWarning(`${at}: ${key} is there twice in the same map; the last one counts.`);
    }
  });
  return [...merged, ...own];
}

function readKey(key: unknown, source: Source): string {
  if (!isScalar(key)) return String(key);
  const { at, text, type } = convertScalar(key, source.at(key));
  if (type === 'string') return text;
  const written = String(key.value);
  source.onWarning(`${at}: CloudFormation refuses the key ${written}, which is a ${type}: put it in quotes.`);
  return written;
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

const functions = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length'],
  ...['Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
  // For Rules alone, which are not read.
  ...['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'],
];

const longForms = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functions.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);
