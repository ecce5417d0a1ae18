import { UserError } from '../../user-error';

/** One value of a template, in CloudFormation's long form. `at` is where it stands, for instance `template.yaml:12`. */
export type TemplateNode = ScalarNode | ListNode | MapNode | UnresolvedNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** As CloudFormation hands it on: `true` for a boolean, however it was written, and nothing for null. */
  readonly text: string;
  readonly type: ScalarType;
  readonly at: string;
}

export type ScalarType = 'string' | 'number' | 'boolean' | 'null';

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly TemplateNode[];
  readonly at: string;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, TemplateNode>;
  readonly at: string;
}

/** What an intrinsic leaves behind when only a deployment could tell its value. Harmless until somebody needs it. */
export interface UnresolvedNode {
  readonly kind: 'unresolved';
  /** Stands in for the value where any text will do, for instance in an environment variable. */
  readonly text: string;
  readonly intrinsic: string;
  readonly reason: string;
  readonly at: string;
}

/** One use of an intrinsic function in a template, for instance `!Sub '${Stage}-table'`. */
export interface IntrinsicCall {
  readonly name: string;
  /** As in the template, its own intrinsics not yet resolved. */
  readonly argument: TemplateNode;
  readonly at: string;
}

export function scalarNode(text: string, at: string, type: ScalarType = 'string'): ScalarNode {
  return { kind: 'scalar', text, type, at };
}

export function listNode(items: readonly TemplateNode[], at: string): ListNode {
  return { kind: 'list', items, at };
}

export function mapNode(entries: Iterable<readonly [string, TemplateNode]>, at: string): MapNode {
  return { kind: 'map', entries: new Map(entries), at };
}

/**
 * What the call leaves behind when it cannot be resolved locally, for the given reason.
 *
 * @param text stands in for the value; the call itself by default
 */
export function unresolvedNode({ name, argument, at }: IntrinsicCall, reason: string, text?: string): UnresolvedNode {
  const delimiter = name === 'Fn::GetAtt' ? '.' : ', ';
  const intrinsic = `!${name.replace('Fn::', '')} ${textOf(argument, delimiter)}`;
  return { kind: 'unresolved', text: text ?? intrinsic, intrinsic, reason, at };
}

/** The map under a key; an empty one where there is none, or nothing in it. */
export function childMap(parent: MapNode, key: string): MapNode {
  const child = parent.entries.get(key);
  if (child === undefined || isNull(child)) return mapNode([], parent.at);
  if (child.kind === 'map') return child;
  throw new UserError(`${child.at}: ${key}: expected a map, received a ${child.kind}.`);
}

/** A node as it may be shown or joined to other text. */
export function textOf(node: TemplateNode, delimiter = ', '): string {
  if (node.kind === 'list') return node.items.map((item) => textOf(item)).join(delimiter);
  return node.kind === 'map' ? `{${[...node.entries.keys()].join(', ')}}` : node.text;
}

export const isNull = (node: TemplateNode): boolean => node.kind === 'scalar' && node.type === 'null';
