import { readdirSync, readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const project = join(__dirname, '../../..');

const docs = readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = ['README.md', 'CHANGELOG.md', ...docs.map((page) => join('docs', page))].filter((page) =>
  page.endsWith('.md'),
);

test.each(pages)('every link of %s leads somewhere', async (page) => {
  const file = join(project, page);
  const targets = linksOf(readFileSync(file, 'utf8')).filter((target) => !/^(https?|mailto):/.test(target));
  const broken = await Promise.all(targets.map(async (target) => ((await leads(file, target)) ? [] : [target])));
  expect(broken.flat()).toEqual([]);
});

function linksOf(markdown: string): string[] {
  const text = markdown.replace(/^```.*?^```/gms, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** To a file that is there and, where it names one, a heading of it. */
async function leads(page: string, target: string): Promise<boolean> {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : resolve(dirname(page), decodeURIComponent(path));
  try {
    await access(file);
    return anchor === undefined || headings(await readFile(file, 'utf8')).includes(anchor);
  } catch {
    return false;
  }
}

/** As GitHub names them. */
function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
