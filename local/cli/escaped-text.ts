/** Control characters as JSON writes them, `\u001b` for instance: none of them reaches the terminal. Newline and tab stay. */
export const escaped = (text: string): string => text.replace(/(?![\n\t])\p{Cc}/gu, escape);

/** So that the text is no second line, which might look like one of the platform. */
export const escapedLine = (text: string): string => text.replace(/\p{Cc}/gu, escape);

function escape(character: string): string {
  const json = JSON.stringify(character).slice(1, -1);
  return json === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : json;
}
