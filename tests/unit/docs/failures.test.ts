import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/failures.md'), 'utf8');
const tests = ['failures', 'handlers', 'queued-tasks'].map((room) => join(root, 'tests/integration', room));

test('each row of the table is told of in a section, and proven by a test of its name', () => {
  const rows = [...page.matchAll(/^\| \[([^\]]+)\]\(#([^)]+)\)/gm)].map(([, name = '', anchor = '']) => ({
    name,
    anchor,
  }));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map(({ anchor }) => anchor).filter((anchor) => !anchors().includes(anchor))).toEqual([]);
  expect(rows.map(({ name }) => name).filter((name) => !titles().some((title) => title.includes(name)))).toEqual([]);
});

/** As GitHub makes them of headings. */
function anchors(): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The lines of the tests that name a test, or a case of one. */
function titles(): string[] {
  return tests
    .flatMap((room) => readdirSync(room).map((file) => join(room, file)))
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.includes("'"));
}
