import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fences } from './readme';

/** The lines that docs/operations.md has for the template, by the heading above them. */
export const recipes = readRecipes();

export function recipe(name: string): string {
  const lines = recipes.get(name);
  if (lines !== undefined) return lines;
  throw new Error(`Expected a recipe "${name}" in docs/operations.md, found ${[...recipes.keys()].join(', ')}`);
}

/** The lines that docs/queued-tasks.md has for the template, below this heading. */
export function linesForQueuedTasks(heading = 'What to add to the template'): string {
  const page = readFileSync(join(__dirname, '../../docs/queued-tasks.md'), 'utf8');
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return onlyYaml(section, `"${heading}" in docs/queued-tasks.md`);
}

function readRecipes(): ReadonlyMap<string, string> {
  const guide = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
  const [, chapter = ''] = /^## Recipes\n(.*?)^## /ms.exec(guide) ?? [];
  const sections = chapter.split(/^### /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [name = ''] = section.split('\n', 1);
      return [name, onlyYaml(section, `"${name}" in docs/operations.md`)];
    }),
  );
}

function onlyYaml(section: string, where: string): string {
  const [lines, ...others] = fences(section).filter(({ language }) => language === 'yaml');
  if (lines && others.length === 0) return lines.content;
  throw new Error(`Expected one block of YAML below ${where}`);
}
