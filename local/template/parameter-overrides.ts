import { UserError } from '../user-error';

/**
 * Reads `--parameter-overrides` in both of SAM's spellings, `Key=Value` and `ParameterKey=Key,ParameterValue=Value`.
 * One argument may hold several pairs, parted by spaces; quotes or a backslash keep a space in a value.
 */
export function parseParameterOverrides(argument: string): Record<string, string> {
  const matches = [...argument.matchAll(pair)];
  // matchAll skips what does not match; such a remainder is a mistake to report, not to drop.
  const consumed = matches.reduce((length, [text]) => length + text.length, 0);
  if (matches.length === 0 || consumed !== argument.trimEnd().length) {
    throw new UserError(`Expected Key=Value or ParameterKey=Key,ParameterValue=Value, got "${argument}".`);
  }
  return Object.fromEntries(
    matches.map(({ groups = {} }) => [
      unquote(groups['key'] ?? groups['longKey'] ?? ''),
      unquote(groups['value'] ?? groups['longValue'] ?? ''),
    ]),
  );
}

const key = String.raw`"?[A-Za-z0-9]+"?`;
const value = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^\s"'\\])(?:\\.|[^\s\\])*|`;
const pair = new RegExp(
  String.raw`\s*(?:ParameterKey=(?<longKey>${key}),ParameterValue=(?<longValue>${value})|(?<key>${key})=(?<value>${value}))(?!\S)`,
  'g',
);

function unquote(text: string): string {
  const inner = /^"(.*)"$|^'(.*)'$/s.exec(text);
  return (inner?.[1] ?? inner?.[2] ?? text).replaceAll(/\\([\s"'])/g, '$1');
}
