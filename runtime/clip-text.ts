/**
 * A text that takes at most `bytes` in a JSON record (UTF-8, what JSON escapes included, the quotes not). Of a longer one
 * the beginning, and how much is left out. `bytes` is 100 at least.
 */
export function clipText(text: string, bytes: number): string {
  // JSON takes six bytes for a character at most: \u0000.
  if (6 * text.length <= bytes || (text.length <= bytes && bytesInJson(text) <= bytes)) return text;

  // Never encodes all of it: it may be hundreds of megabytes.
  let kept = text.slice(0, bytes - roomForNote);
  while (bytesInJson(kept) > bytes - roomForNote) kept = kept.slice(0, Math.floor(0.8 * kept.length));
  return `${kept}... (${text.length - kept.length} more characters)`;
}

const roomForNote = 40;

function bytesInJson(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
