/** A property of any value, such as an event that nobody has checked. Undefined where there is none. */
export function property(of: unknown, key: string): unknown {
  return hasProperty(of, key) ? of[key] : undefined;
}

function hasProperty<Key extends string>(of: unknown, key: Key): of is Record<Key, unknown> {
  return typeof of === 'object' && of !== null && key in of;
}
