import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Fence {
  readonly language: string;
  readonly content: string;
}

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The text under a heading of README.md, up to the next one of its rank. */
export function readmeSection(title: string): string {
  const [, section] = readme.split(`\n## ${title}\n`);
  if (section === undefined) throw new Error(`Expected a section "${title}" in README.md, found none`);
  return section.replace(/\n## .*/s, '');
}

/** The fenced blocks of a text, in order. */
export function fences(text: string): Fence[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', content = '']) => ({
    language,
    content,
  }));
}

/** The commands in the `sh` blocks of a text, all of README.md if none is given: a line each, continued lines made one. */
export function shellCommands(text: string = readme): string[] {
  return fences(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ content }) => content.replace(/\\\n\s*/g, '').split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}
