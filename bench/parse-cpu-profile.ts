/** What Node.js writes with --cpu-prof, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Microseconds in a function itself, and with all that it calls. */
export interface Cost {
  readonly self: number;
  readonly total: number;
}

/** The cost of every function, by its name and place. */
export function parseCpuProfile({ nodes, samples, timeDeltas }: CpuProfile): ReadonlyMap<string, Cost> {
  const selfOfNode = new Map<number, number>();
  samples.forEach((id, index) => selfOfNode.set(id, (selfOfNode.get(id) ?? 0) + (timeDeltas[index] ?? 0)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const costs = new Map<string, Cost>();

  /** Adds up below `node`; a function that calls itself counts once, by its outermost call. */
  const visit = (node: ProfileNode, above: ReadonlySet<string>): number => {
    const place = placeOf(node);
    const within = new Set(above).add(place);
    const self = selfOfNode.get(node.id) ?? 0;
    const below = (node.children ?? []).map((id) => byId.get(id)).filter((child) => child !== undefined);
    const total = below.reduce((sum, child) => sum + visit(child, within), self);
    const known = costs.get(place) ?? { self: 0, total: 0 };
    costs.set(place, { self: known.self + self, total: known.total + (above.has(place) ? 0 : total) });
    return total;
  };
  const [root] = nodes;
  if (root !== undefined) visit(root, new Set());
  return costs;
}

export function isCpuProfile(value: unknown): value is CpuProfile {
  return typeof value === 'object' && value !== null && 'nodes' in value && 'samples' in value && 'timeDeltas' in value;
}

/** Lines count from 0 in a profile. */
function placeOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = url.split('/').slice(-2).join('/');
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
}
