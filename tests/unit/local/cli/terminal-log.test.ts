import { PassThrough } from 'node:stream';
import { logPrinter } from '../../../../local/cli/terminal-log';
import type { LogLine } from '../../../../local/log/platform-log';

const line = (source: LogLine['source'], text: string): LogLine => ({
  functionName: 'Greeter',
  environmentId: 'e1',
  source,
  text,
});

/** What is printed for a line of the platform and a message of two lines of the function. */
function printed({ isTTY, ...environment }: { isTTY: boolean } & Record<string, string | boolean>): string {
  const output = Object.assign(new PassThrough(), { isTTY });
  const variables = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
  const print = logPrinter(output, variables);
  print(line('platform', 'START'));
  print(line('function', 'first\rsecond'));
  return String(output.read());
}

const dim = '\x1b[2mSTART\x1b[22m\n';

test('on a terminal, lines of the platform are dim, and a message of several lines is shown as such', () => {
  expect(printed({ isTTY: true })).toBe(`${dim}first\nsecond\n`);
});

test('anywhere else, each line is what CloudWatch would have', () => {
  expect(printed({ isTTY: false })).toBe('START\nfirst\rsecond\n');
});

test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }])(
  'no colour comes to a terminal with %p',
  (variables) => {
    expect(printed({ isTTY: true, ...variables })).toBe('START\nfirst\nsecond\n');
  },
);

test('an empty NO_COLOR is none', () => {
  expect(printed({ isTTY: true, NO_COLOR: '' })).toContain(dim);
});

test('FORCE_COLOR brings colour anywhere, against NO_COLOR too', () => {
  expect(printed({ isTTY: false, FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(`${dim}first\rsecond\n`);
});
