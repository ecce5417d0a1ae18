import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Document, isMap, parseDocument } from 'yaml';
import { folderWith } from './folder-with';

const codeUri = ['Resources', 'BackgroundTasks', 'Properties', 'CodeUri'];

/**
 * Adds lines of YAML to a copy of this project's template, or of what `sam build` has made of it, by the rule of
 * docs/operations.md: under the same keys, and where the template has the key already the new value replaces the old
 * one. Resolves to the file of the copy, which is removed when the tests are over.
 */
export async function templateWith(template: string, ...additions: readonly string[]): Promise<string> {
  const document = parseTemplate(await readFile(template, 'utf8'));
  document.setIn(codeUri, resolve(dirname(template), String(document.getIn(codeUri))));
  for (const addition of additions) merge(document.contents, parseTemplate(addition).contents);
  return join(await folderWith({ 'template.yaml': document.toString({ lineWidth: 0 }) }), 'template.yaml');
}

/** Keeps tags such as !Ref as they are. */
function parseTemplate(text: string): Document.Parsed {
  const document = parseDocument(text, { logLevel: 'error' });
  const [problem] = document.errors;
  if (problem) throw problem;
  return document;
}

function merge(into: unknown, from: unknown): void {
  if (!isMap(into) || !isMap(from)) throw new Error(`Expected two maps, received ${String(into)} and ${String(from)}`);
  for (const { key, value } of from.items) {
    const present = into.get(key, true);
    if (isMap(present) && isMap(value)) merge(present, value);
    else into.set(key, value);
  }
}
