/** `{ a: '1', b: ['2', '3'] }`, as events have their headers and query strings, name by name. All else is left out. */
export function multiValues(fields: unknown): [string, string[]][] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).flatMap(([name, value]: [string, unknown]): [string, string[]][] => {
    const values = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
    return values.length > 0 ? [[name, values]] : [];
  });
}

/** A later entry of the same name, in whichever case, takes the place of an earlier one. */
export function headerRecord(entries: readonly [string, readonly string[]][]): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  // So that no name finds what every object has: `headers['constructor']`.
  Object.setPrototypeOf(headers, null);
  for (const [name, values] of entries) {
    const key = name.toLowerCase();
    headers[key] = values.join(key === 'cookie' ? '; ' : ', ');
  }
  return headers;
}

export function queryStringOf(entries: readonly [string, readonly string[]][]): string {
  const query = new URLSearchParams();
  for (const [name, values] of entries) {
    for (const value of values) query.append(name, value);
  }
  return query.toString();
}
