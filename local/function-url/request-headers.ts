import type { IncomingMessage } from 'node:http';

/** What is between two ends of a connection does not reach the function. */
const ofTheConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** The headers of a request, their names in lower case: repeated ones are joined by commas, but cookies by semicolons. */
export function requestHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (ofTheConnection.has(name)) continue;
    join(headers, name, rawHeaders[index + 1] ?? '', name === 'cookie' ? '; ' : ',');
  }
  return Object.fromEntries(headers);
}

/** Repeated keys are joined by commas. */
export function queryStringParameters(rawQueryString: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) join(parameters, name, value, ',');
  return Object.fromEntries(parameters);
}

/** A map, unlike a plain object, takes `__proto__` for a name like any other, and so does Object.fromEntries. */
function join(values: Map<string, string>, name: string, value: string, separator: string): void {
  const before = values.get(name);
  values.set(name, before === undefined ? value : before + separator + value);
}
