import { UserError } from '../../user-error';
import { listNode, scalarNode } from './nodes';
import type { MapNode, TemplateNode, UnresolvedNode } from './nodes';

/** The values of the template's parameters: what the overrides say, else the default, each checked as AWS would. */
export function resolveParameters(
  declarations: MapNode,
  overrides: Readonly<Record<string, string>>,
): Map<string, TemplateNode> {
  const unknown = Object.keys(overrides).find((name) => !declarations.entries.has(name));
  if (unknown !== undefined) {
    const declared = [...declarations.entries.keys()].join(', ') || 'none';
    throw new UserError(`Parameter override ${unknown}: expected a parameter of the template (${declared}).`);
  }
  return new Map(
    [...declarations.entries].map(([name, declaration]) => [
      name,
      resolveParameter(name, declaration, overrides[name]),
    ]),
  );
}

/** AWS::Region and its like. Nothing is deployed here, so all but the region are stand-ins, the same as in SAM. */
export function pseudoParameters(region: string): [string, TemplateNode][] {
  const stackId = `arn:aws:cloudformation:${region}:123456789012:stack/local/51af3dc0-da77-11e4-872e-1234567db123`;
  const values: [string, string][] = [
    ['AWS::AccountId', '123456789012'],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::StackId', stackId],
    ['AWS::StackName', 'local'],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ];
  return [
    ['AWS::NotificationARNs', listNode([], '')],
    ...values.map(([name, value]): [string, TemplateNode] => [name, scalarNode(value, '')]),
  ];
}

/**
 * Reads `--parameter-overrides` in both of SAM's spellings, `Key=Value` and `ParameterKey=Key,ParameterValue=Value`.
 * One argument may hold several pairs, parted by spaces; quotes or a backslash keep a space in a value.
 */
export function parseParameterOverrides(argument: string): Record<string, string> {
  const matches = [...argument.matchAll(pair)];
  // matchAll skips what does not match; such a remainder is a mistake to report, not to drop.
  const consumed = matches.reduce((length, [text]) => length + text.length, 0);
  if (matches.length === 0 || consumed !== argument.trimEnd().length) {
    throw new UserError(`Expected Key=Value or ParameterKey=Key,ParameterValue=Value, received "${argument}".`);
  }
  return Object.fromEntries(
    matches.map(({ groups = {} }) => [
      unquote(groups['key'] ?? groups['longKey'] ?? ''),
      unquote(groups['value'] ?? groups['longValue'] ?? ''),
    ]),
  );
}

function resolveParameter(name: string, declaration: TemplateNode, override: string | undefined): TemplateNode {
  const attributes = declaration.kind === 'map' ? declaration.entries : new Map<string, TemplateNode>();
  const value = override ?? textAt(attributes, 'Default');
  const type = textAt(attributes, 'Type') ?? 'String';
  if (value === undefined) return withoutValue(name, 'has no Default', declaration.at);
  if (type.startsWith('AWS::SSM::Parameter::Value<') && override === undefined) {
    return { ...withoutValue(name, 'is read from Parameter Store when it is deployed', declaration.at), text: value };
  }
  const items = isList(type) ? value.split(',').map((item) => item.trim()) : [value];
  for (const item of items) check(item, { name, type, whole: value, attributes, at: declaration.at });
  if (!isList(type)) return scalarNode(value, declaration.at, type === 'Number' ? 'number' : 'string');
  return listNode(
    items.map((item) => scalarNode(item, declaration.at)),
    declaration.at,
  );
}

interface Declaration {
  readonly name: string;
  readonly type: string;
  /** The whole value, where the one to be checked is an item of it. */
  readonly whole: string;
  readonly attributes: ReadonlyMap<string, TemplateNode>;
  readonly at: string;
}

function check(value: string, { name, type, whole, attributes, at }: Declaration): void {
  const shown = textAt(attributes, 'NoEcho') === 'true' ? 'another value, not shown since it is NoEcho' : `"${value}"`;
  const fail = (expected: string): never => {
    throw new UserError(`${at}: Parameter ${name}: expected ${expected}, received ${shown}.`);
  };
  const allowed = attributes.get('AllowedValues');
  if (allowed?.kind === 'list') {
    const values = allowed.items.map((item) => (item.kind === 'scalar' ? item.text : ''));
    if (!values.includes(value) && !values.includes(whole)) fail(`one of ${values.join(', ')}`);
  }
  const pattern = textAt(attributes, 'AllowedPattern');
  if (pattern !== undefined && !matchesWhole(value, pattern)) {
    fail(textAt(attributes, 'ConstraintDescription') ?? `a value that matches ${pattern}`);
  }
  const shortest = textAt(attributes, 'MinLength');
  if (shortest !== undefined && value.length < Number(shortest)) fail(`at least ${shortest} characters`);
  const longest = textAt(attributes, 'MaxLength');
  if (longest !== undefined && value.length > Number(longest)) fail(`at most ${longest} characters`);
  if (type !== 'Number' && type !== 'List<Number>') return;
  if (value.trim() === '' || !Number.isFinite(Number(value))) fail('a number');
  const minimum = textAt(attributes, 'MinValue');
  if (minimum !== undefined && Number(value) < Number(minimum)) fail(`a number of ${minimum} or more`);
  const maximum = textAt(attributes, 'MaxValue');
  if (maximum !== undefined && Number(value) > Number(maximum)) fail(`a number of ${maximum} or less`);
}

/** CloudFormation's expressions are Java's; one that JavaScript cannot read is left to CloudFormation. */
function matchesWhole(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return true;
  }
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.includes('List<');
}

function withoutValue(name: string, why: string, at: string): UnresolvedNode {
  const reason = `${why}; give it a value with --parameter-overrides ${name}=...`;
  return { kind: 'unresolved', text: name, intrinsic: `!Ref ${name}`, reason, at };
}

function textAt(attributes: ReadonlyMap<string, TemplateNode>, name: string): string | undefined {
  const node = attributes.get(name);
  return node?.kind === 'scalar' ? node.text : undefined;
}

const key = String.raw`"?[A-Za-z0-9]+"?`;
const value = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^\s"'\\])(?:\\.|[^\s\\])*|`;
const pair = new RegExp(
  String.raw`\s*(?:ParameterKey=(?<longKey>${key}),ParameterValue=(?<longValue>${value})|(?<key>${key})=(?<value>${value}))(?!\S)`,
  'g',
);

function unquote(text: string): string {
  const inner = /^"(.*)"$|^'(.*)'$/s.exec(text);
  return (inner?.[1] ?? inner?.[2] ?? text).replaceAll(/\\([\s"'])/g, '$1');
}
