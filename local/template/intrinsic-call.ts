import type { TemplateNode, UnresolvedNode } from './syntax';

/** One use of an intrinsic function in a template, for instance `!Sub '${Stage}-table'`. */
export interface IntrinsicCall {
  readonly name: string;
  readonly argument: TemplateNode;
  readonly scope: Scope;
  readonly at: string;
}

/** What a template's intrinsics may refer to. */
export interface Scope {
  /** Template parameters and pseudo parameters, with their values. */
  readonly parameters: ReadonlyMap<string, TemplateNode>;
  readonly conditions: ReadonlyMap<string, TemplateNode>;
  readonly mappings: ReadonlyMap<string, TemplateNode>;
  readonly resources: ReadonlyMap<string, TemplateNode>;
}

/** What the call leaves behind when it cannot be resolved locally, for the given reason. */
export function unresolved(call: IntrinsicCall, reason: string, text?: string): UnresolvedNode {
  const delimiter = call.name === 'Fn::GetAtt' ? '.' : ', ';
  const intrinsic = `!${call.name.replace('Fn::', '')} ${textOf(call.argument, delimiter)}`;
  return { kind: 'unresolved', text: text ?? intrinsic, intrinsic, reason, at: call.at };
}

/** A node as it may be shown or joined to other text. */
export function textOf(node: TemplateNode, delimiter = ', '): string {
  if (node.kind === 'list') return node.items.map((item) => textOf(item)).join(delimiter);
  return node.kind === 'map' ? `{${[...node.entries.keys()].join(', ')}}` : node.text;
}
