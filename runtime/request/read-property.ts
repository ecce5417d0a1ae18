/** A property of any value, such as an event that nobody has checked. Undefined where there is none. */
export function property(of: unknown, key: string): unknown {
  return hasProperty(of, key) ? of[key] : undefined;
}

/** All of them, to be looked at one by one; empty where there are none. */
export function properties(of: unknown): Readonly<Record<string, unknown>> {
  return isRecord(of) ? of : none;
}

const none = {};

function isRecord(of: unknown): of is Readonly<Record<string, unknown>> {
  return typeof of === 'object' && of !== null;
}

function hasProperty<Key extends string>(of: unknown, key: Key): of is Record<Key, unknown> {
  return typeof of === 'object' && of !== null && key in of;
}
