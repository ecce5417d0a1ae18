import type { MapNode, TemplateNode } from './syntax';

/** Merges `Globals.Function` under a function's own properties as SAM does: maps key by key, lists one after the other. */
export function mergeGlobals(globals: MapNode, own: MapNode): MapNode {
  const entries = new Map(globals.entries);
  for (const [key, value] of own.entries) entries.set(key, mergeNodes(globals.entries.get(key), value));
  return { ...own, entries };
}

function mergeNodes(general: TemplateNode | undefined, own: TemplateNode): TemplateNode {
  if (general?.kind === 'map' && own.kind === 'map') return mergeGlobals(general, own);
  if (general?.kind === 'list' && own.kind === 'list') return { ...own, items: [...general.items, ...own.items] };
  return own;
}
