import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What is printed for a line of the platform and a message of two lines of the function. */
function printed({ isTTY, ...variables }: { isTTY: boolean } & Record<string, string | boolean>): string {
  const { PATH } = process.env;
  return execFileSync(process.execPath, ['--import', 'tsx', '--eval', program, String(isTTY)], {
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
  const print = logPrinter(output);
  print({ functionName: 'Greeter', environmentId: 'e1', source: 'platform', text: 'START' });
  print({ functionName: 'Greeter', environmentId: 'e1', source: 'function', text: 'first\\rsecond' });
`;

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
