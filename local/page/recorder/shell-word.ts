import { isUtf8 } from 'node:buffer';

/** One word of a POSIX shell that stands for these bytes. Nothing in it controls the terminal that it is pasted into. */
export function shellWord(content: string | Buffer): string {
  const bytes = Buffer.from(content);
  const text = bytes.toString();
  return isUtf8(bytes) && !unsafe.test(text) ? quoted(text) : printed(bytes);
}

/** Control characters but newline and tab, and what turns the direction of what is read. */
const unsafe = /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u;

/** A bare `=` at the beginning is a command's path in zsh. */
function quoted(text: string): string {
  return /^(?!=)[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What a shell substitutes loses the newlines at its end. An exclamation mark means an earlier command to bash. */
function printed(bytes: Buffer): string {
  const [, text = '', newlines = ''] = /^(.*?)(\n*)$/s.exec(bytes.toString('latin1')) ?? [];
  const format = text
    .replace(/^-|[^ -~]|[\\'!]/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)
    .replaceAll('%', '%%');
  return `"$(printf '${format}')"${newlines === '' ? '' : quoted(newlines)}`;
}
