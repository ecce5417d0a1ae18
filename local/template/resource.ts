import { isTrue, resolveMap } from './cloudformation/intrinsic-functions';
import { expandLoopsWithin } from './cloudformation/language-extensions';
import { childMap, mapNode } from './cloudformation/nodes';
import type { MapNode, TemplateNode } from './cloudformation/nodes';
import type { Scope } from './cloudformation/scope';
import { PropertyReader } from './property-reader';

/** One entry of the template's Resources. */
export class Resource {
  readonly logicalId: string;
  readonly type: string;
  /** For instance `template.yaml:12`. */
  readonly at: string;
  readonly #node: MapNode;
  readonly #globals: MapNode;

  /** @param globals the template's Globals.Function */
  constructor(logicalId: string, node: TemplateNode, globals: MapNode) {
    const map = node.kind === 'map' ? node : mapNode([], node.at);
    this.logicalId = logicalId;
    this.at = node.at;
    this.type = new PropertyReader(map, logicalId).textOrPlaceholder('Type') ?? '';
    this.#node = map;
    this.#globals = this.type === 'AWS::Serverless::Function' ? withoutIgnored(globals, map) : mapNode([], node.at);
  }

  /** Fails where its Condition is not known locally. */
  isWanted(scope: Scope): boolean {
    const attributes = new PropertyReader(this.#node, this.logicalId);
    const condition = attributes.text('Condition');
    const holds = condition === undefined || isTrue(condition, scope, this.at);
    if (typeof holds === 'boolean') return holds;
    const received = `one where ${holds.intrinsic} ${holds.reason}`;
    return attributes.fail('Condition', 'a condition that is known locally', received);
  }

  /** Its properties, merged over the Globals, with their intrinsics resolved. Fails for a loop that cannot be expanded. */
  properties(scope: Scope): PropertyReader {
    const own = expandLoopsWithin(childMap(this.#node, 'Properties'), scope);
    return new PropertyReader(resolveMap(mergeMaps(this.#globals, own), scope), this.logicalId);
  }

  metadata(scope: Scope): PropertyReader {
    return new PropertyReader(resolveMap(childMap(this.#node, 'Metadata'), scope), `${this.logicalId}.Metadata`);
  }
}

/** `IgnoreGlobals` is a list of properties, or '*' for all of them. */
function withoutIgnored(globals: MapNode, resource: MapNode): MapNode {
  const ignored = resource.entries.get('IgnoreGlobals');
  const named = new Set((ignored?.kind === 'list' ? ignored.items : [ignored]).map(textOf));
  if (named.has('*')) return { ...globals, entries: new Map() };
  return { ...globals, entries: new Map([...globals.entries].filter(([property]) => !named.has(property))) };
}

const textOf = (node: TemplateNode | undefined): string | undefined =>
  node?.kind === 'scalar' ? node.text : undefined;

/** As SAM merges its Globals: maps key by key, lists one after the other; an intrinsic counts as one value. */
function mergeMaps(general: MapNode, own: MapNode): MapNode {
  const entries = new Map(general.entries);
  for (const [key, value] of own.entries) entries.set(key, mergeNodes(general.entries.get(key), value));
  return { ...own, entries };
}

function mergeNodes(general: TemplateNode | undefined, own: TemplateNode): TemplateNode {
  if (general?.kind === 'map' && own.kind === 'map' && ![general, own].some(isIntrinsic))
    return mergeMaps(general, own);
  if (general?.kind === 'list' && own.kind === 'list') return { ...own, items: [...general.items, ...own.items] };
  return own;
}

const isIntrinsic = ({ entries }: MapNode): boolean =>
  entries.size === 1 && [...entries.keys()].some((key) => key === 'Ref' || key.startsWith('Fn::'));
