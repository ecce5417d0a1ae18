import { listNode, scalarNode, textOf, unresolvedNode } from './nodes';
import type { IntrinsicCall, TemplateNode } from './nodes';

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

/** Unresolved as soon as one part is, but with a text that shows the parts that are known. */
export function concatenate(parts: readonly TemplateNode[], delimiter: string, at: string): TemplateNode {
  const text = parts.map((part) => textOf(part)).join(delimiter);
  const unknown = parts.find((part) => part.kind === 'unresolved');
  return unknown ? { ...unknown, text } : scalarNode(text, at);
}
