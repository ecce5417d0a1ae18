/**
 * Headers from maps as events have them, `{ A: '1', b: ['2', '3'] }`. A later one of the same name, in whichever case, takes
 * the place of an earlier one; what is no text is left out.
 */
export function headerRecord(...maps: readonly unknown[]): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  // So that no name finds what every object has: `headers['constructor']`.
  Object.setPrototypeOf(headers, null);
  for (const fields of maps) {
    for (const [name, value] of entriesOf(fields)) {
      const key = name.toLowerCase();
      // Nearly every one is a text.
      const text = typeof value === 'string' ? value : joined(textsIn(value), key);
      if (text !== undefined) headers[key] = text;
    }
  }
  return headers;
}

function joined(values: readonly string[], name: string): string | undefined {
  return values.length > 0 ? values.join(name === 'cookie' ? '; ' : ', ') : undefined;
}

/** A query string from maps of the same kind. */
export function queryStringOf(...maps: readonly unknown[]): string {
  const query = new URLSearchParams();
  for (const [name, values] of new Map(maps.flatMap(entriesOf))) {
    for (const value of textsIn(values)) query.append(name, value);
  }
  return query.toString();
}

function entriesOf(fields: unknown): [string, unknown][] {
  return typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
