import { UserError } from '../user-error';
import { mapNode } from './cloudformation/nodes';
import type { MapNode, TemplateNode } from './cloudformation/nodes';

/**
 * A map of the template whose intrinsics are resolved, read property by property. An error says where the property
 * stands, what was expected and what came; a property that is not there reads as undefined.
 */
export class PropertyReader {
  readonly #map: MapNode;
  readonly #name: string;

  /** @param name what error messages call it, for instance `BackgroundTasks.Properties` */
  constructor(map: MapNode, name: string) {
    this.#map = map;
    this.#name = name;
  }

  get at(): string {
    return this.#map.at;
  }

  get keys(): string[] {
    return [...this.#map.entries.keys()];
  }

  has(key: string): boolean {
    return this.#map.entries.has(key);
  }

  /** Where a property stands, for instance `template.yaml:12`; where the map does if it has none. */
  atOf(key: string): string {
    return this.#map.entries.get(key)?.at ?? this.#map.at;
  }

  /** For instance `BackgroundTasks.Environment.Variables`. */
  nameOf(key: string): string {
    return `${this.#name}.${key}`;
  }

  isNull(key: string): boolean {
    const node = this.#map.entries.get(key);
    return node?.kind === 'scalar' && node.type === 'null';
  }

  isMap(key: string): boolean {
    return this.#map.entries.get(key)?.kind === 'map';
  }

  text(key: string): string | undefined {
    return this.#scalar(key, 'a string')?.text;
  }

  /** Text of which an unresolved intrinsic may be a part: it is stood in for by a readable placeholder. */
  textOrPlaceholder(key: string): string | undefined {
    const node = this.#map.entries.get(key);
    return node?.kind === 'unresolved' ? node.text : this.text(key);
  }

  texts(key: string): string[] | undefined {
    const node = this.#map.entries.get(key);
    if (node === undefined || node.kind === 'scalar') return this.text(key)?.split(',');
    if (node.kind !== 'list') return this.#fail(key, 'a list of strings', node);
    return node.items.map((item) => (item.kind === 'scalar' ? item.text : this.#fail(key, 'a list of strings', item)));
  }

  required(key: string): string {
    return this.text(key) ?? this.fail(key, 'a value', 'none');
  }

  oneOf<Value extends string>(key: string, values: readonly Value[]): Value | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    return values.find((value) => value === text) ?? this.fail(key, values.join(' or '), text);
  }

  integer(key: string, { min, max }: { min: number; max: number }): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    return this.fail(key, `a whole number from ${min} to ${max}`, text);
  }

  boolean(key: string): boolean | undefined {
    const text = this.oneOf(key, ['true', 'false']);
    return text === undefined ? undefined : text === 'true';
  }

  nested(key: string): PropertyReader | undefined {
    return this.has(key) ? this.nestedOrEmpty(key) : undefined;
  }

  nestedOrEmpty(key: string): PropertyReader {
    const node = this.#map.entries.get(key) ?? mapNode([], this.at);
    return node.kind === 'map' ? new PropertyReader(node, this.nameOf(key)) : this.#fail(key, 'a map', node);
  }

  fail(key: string, expected: string, received: string): never {
    throw new UserError(`${this.atOf(key)}: ${this.nameOf(key)}: expected ${expected}, received ${received}.`);
  }

  #scalar(key: string, expected: string) {
    const node = this.#map.entries.get(key);
    return node === undefined || node.kind === 'scalar' ? node : this.#fail(key, expected, node);
  }

  #fail(key: string, expected: string, node: TemplateNode): never {
    if (node.kind !== 'unresolved') return this.fail(key, expected, `a ${node.kind}`);
    throw new UserError(
      `${node.at}: ${this.nameOf(key)}: expected ${expected} that is known locally, but ${node.intrinsic} ${node.reason}.`,
    );
  }
}
