import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A Function URL event, as JSON, whose body is `input` as JSON: the project's own sample with another body. */
export function functionUrlEvent(input: unknown): string {
  return JSON.stringify({ ...sample, body: JSON.stringify(input) });
}

const sample = readSample(resolve(__dirname, '../events/url-post.json'));

function readSample(file: string): object {
  const event: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof event !== 'object' || event === null) throw new Error(`Expected an event in ${file}`);
  return event;
}
