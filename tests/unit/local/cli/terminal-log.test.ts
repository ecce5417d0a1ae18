import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { logPrinter } from '../../../../local/cli/terminal-log';
import type { LogLine } from '../../../../local/log/platform-log';

/** What is printed for a line of the platform and a message of two lines of the function. */
function printed({
  isTTY,
  form = '',
  ...variables
}: Record<string, string | boolean> & { isTTY: boolean; form?: string }): string {
  const { PATH } = process.env;
  return execFileSync(process.execPath, ['--import', 'tsx', '--eval', program, String(isTTY), form], {
    // Of this process's variables none but this one: jest itself sets FORCE_COLOR for its workers.
    env: {
      PATH,
      TERM: 'xterm',
      ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
    },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

/** In a process of its own, since Node.js reads the real environment, of which jest has a copy. */
const program = `
  const { WriteStream } = require('node:tty');
  const { logPrinter } = require(${JSON.stringify(join(__dirname, '../../../../local/cli/terminal-log.ts'))});
  const isTTY = process.argv[1] === 'true';
  const output = Object.assign(process.stdout, { isTTY }, isTTY && { getColorDepth: WriteStream.prototype.getColorDepth });
  const print = logPrinter(output, process.argv[2] || undefined);
  print({ functionName: 'Greeter', environmentId: 'e1', source: 'platform', text: 'START' });
  print({ functionName: 'Greeter', environmentId: 'e1', source: 'function', text: 'first\\rsecond' });
`;

const dim = '\x1b[2mSTART\x1b[22m\n';

test('on a terminal, lines of the platform are dim, and a message of several lines is shown as such', () => {
  expect(printed({ isTTY: true })).toBe(`${dim}first\nsecond\n`);
});

test.each([{}, { FORCE_COLOR: '1' }])(
  'anywhere else, each line is what CloudWatch would have, with %p',
  (variables) => {
    expect(printed({ isTTY: false, ...variables })).toBe('START\nfirst\rsecond\n');
  },
);

test('so it is on a terminal, where raw is asked for', () => {
  expect(printed({ isTTY: true, form: 'raw' })).toBe('START\nfirst\rsecond\n');
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

test('FORCE_COLOR brings colour to the readable form anywhere, against NO_COLOR too', () => {
  const variables = { form: 'readable', FORCE_COLOR: '1', NO_COLOR: '1' };
  expect(printed({ isTTY: false, ...variables })).toBe(`${dim}first\nsecond\n`);
});

test('what was logged as text keeps the colours of the function, what was logged as JSON has none', () => {
  const output = new PassThrough({ encoding: 'utf8' });
  const print = logPrinter(output, 'readable');
  const red = '\u001b[31mred\u001b[39m';
  for (const text of [red, `2026-05-03T09:08:07.006Z\tid\tINFO\t${red}`, JSON.stringify({ message: red })]) {
    print({ functionName: 'Greeter', environmentId: 'e', source: 'function', text });
  }
  const [first, second, third] = String(output.read()).split('\n');
  expect([first, second]).toEqual([red, expect.stringContaining(red)]);
  expect(stripVTControlCharacters(third ?? '').trim()).toBe(String.raw`\u001b[31mred\u001b[39m`);
});

test('lines say by a short id whose they are while several invocations run, and after', () => {
  const output = new PassThrough({ encoding: 'utf8' });
  const print = logPrinter(output, 'readable');
  const line = (requestId: string, text: string, source: LogLine['source'] = 'function') => {
    print({ functionName: 'Greeter', environmentId: requestId, requestId, source, text });
  };
  line('11111111-1', 'alone');
  line('22222222-2', 'beside it');
  line('11111111-1', 'REPORT RequestId: 11111111-1\tDuration: 1.00 ms\t', 'platform');
  line('22222222-2', 'still one of two');
  line('22222222-2', 'REPORT RequestId: 22222222-2\tDuration: 1.00 ms\t', 'platform');
  line('33333333-3', 'alone again');
  expect(stripVTControlCharacters(String(output.read())).trimEnd().split('\n')).toEqual([
    'alone',
    '22222222 beside it',
    '11111111 REPORT  Duration: 1.00 ms',
    '22222222 still one of two',
    '22222222 REPORT  Duration: 1.00 ms',
    'alone again',
  ]);
});

test('an error that the runtime client logs once more has its stack once', () => {
  const output = new PassThrough({ encoding: 'utf8' });
  const print = logPrinter(output, 'readable');
  const stack = ['Error: no answer', '    at handler (app.js:1:2)'];
  const logged = { level: 'ERROR', message: 'Handler failed', error: { name: 'Error', message: 'no answer', stack } };
  const again = { errorType: 'Error', errorMessage: 'no answer', stack };
  for (const text of [
    JSON.stringify(logged),
    'between them',
    `2026-05-03T09:08:07.006Z\t11111111-1\tERROR\tInvoke Error \t${JSON.stringify(again)}`,
    JSON.stringify({ ...logged, error: { ...logged.error, stack: ['', '    at another (app.js:3:4)'] } }),
  ])
    print({ functionName: 'F', environmentId: 'e', requestId: '11111111-1', source: 'function', text });
  const lines = stripVTControlCharacters(String(output.read())).trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/^(\d|:|\.|\s)*(?=ERROR)/, '').trim())).toEqual([
    ...['ERROR Handler failed', 'Error: no answer', 'at handler (app.js:1:2)'],
    'between them',
    ...['ERROR Invoke Error', 'Error: no answer'],
    ...['ERROR Handler failed', 'Error: no answer', 'at another (app.js:3:4)'],
  ]);
});
