/**
 * The text of a member of an object in JSON, as it stands there; undefined where there is no such member. To parse it and write
 * it anew would change numbers of more than 53 bits, for instance. Of several it is the last, as JSON.parse has it. `json` is an
 * object's.
 */
export function memberText(json: string, name: string): string | undefined {
  let depth = 0;
  let key: unknown;
  let start = 0;
  let last: string | undefined;
  for (const { 0: token, index } of json.matchAll(tokens)) {
    if (depth === 1 && (token === ',' || token === '}')) {
      if (key === name) last = json.slice(start, index).trim();
      key = undefined;
    } else if (depth === 1 && token === ':') {
      start = index + 1;
    } else if (depth === 1 && key === undefined) {
      key = JSON.parse(token);
    }
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
  return last;
}

/** Strings, punctuation, and anything else as one. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+/g;
