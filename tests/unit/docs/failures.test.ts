import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const tests = join(root, 'tests/integration');
const page = readFileSync(join(root, 'docs/failures.md'), 'utf8');
const [everyHandler = '', streamingHandler = ''] = page.split('\n## A handler that streams by itself\n');

test('each row of the table is told of in a section, and proven by a test of its name', () => {
  const titles = ['failures', 'handlers', 'queued-tasks'].flatMap((room) => titlesIn(room));
  expect(rowsOf(everyHandler).length).toBeGreaterThan(10);
  expectProven(rowsOf(everyHandler), titles);
});

test('each row of the table of a handler that streams by itself is one of those, and proven for such a handler', () => {
  const rows = rowsOf(streamingHandler);
  const known = rowsOf(everyHandler).map(({ name }) => name);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  expectProven(rows, titlesIn('adapters', 'streaming-handler'));
});

interface Row {
  readonly name: string;
  readonly anchor: string;
}

function rowsOf(section: string): Row[] {
  return [...section.matchAll(/^\| \[([^\]]+)\]\(#([^)]+)\)/gm)].map(([, name = '', anchor = '']) => ({
    name,
    anchor,
  }));
}

function expectProven(rows: readonly Row[], titles: readonly string[]): void {
  expect(rows.map(({ anchor }) => anchor).filter((anchor) => !anchors().includes(anchor))).toEqual([]);
  expect(rows.map(({ name }) => name).filter((name) => !titles.some((title) => title.includes(name)))).toEqual([]);
}

/** As GitHub makes them of headings. */
function anchors(): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The lines that name a test, or a case of one, in the files of a folder whose names begin so. */
function titlesIn(room: string, start = ''): string[] {
  return readdirSync(join(tests, room))
    .filter((file) => file.startsWith(start) && file.endsWith('.test.ts'))
    .flatMap((file) => readFileSync(join(tests, room, file), 'utf8').split('\n'))
    .filter((line) => line.includes("'"));
}
