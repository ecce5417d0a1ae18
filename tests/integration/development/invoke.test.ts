import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { startCli } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';

const template = 'tests/fixtures/plain-function/template.yaml';
const several = 'tests/fixtures/plain-function/several.yaml';

async function invoke(args: readonly string[], stdin = '') {
  const cli = startCli('invoke', ...args).write(stdin);
  const exitCode = await cli.exited();
  return { exitCode, out: cli.out, log: cli.log };
}

describe('invoke', () => {
  test('prints the answer first, then the log until REPORT', async () => {
    const folder = await folderWith({ 'event.json': '{"name":"world"}' });
    // One file for both, since two pipes do not tell which was written to first.
    const command = `exec node --import tsx local/cli/main.ts invoke -t ${template} -e ${folder}/event.json > ${folder}/all 2>&1`;
    await promisify(execFile)('sh', ['-c', command]);
    const lines = (await readFile(path.join(folder, 'all'), 'utf8')).split('\n');
    expect(lines).toEqual([
      'hello world',
      expect.stringMatching(/^INIT_START /),
      expect.stringMatching(/^START RequestId: /),
      expect.stringMatching(/before the answer$/),
      expect.stringMatching(/after the answer$/),
      expect.stringMatching(/^END RequestId: /),
      expect.stringMatching(/^REPORT RequestId: .*Init Duration: /),
      '',
    ]);
  });

  test('sends an empty object where there is no event, and reads one from stdin', async () => {
    expect(await invoke(['-t', template])).toMatchObject({ exitCode: 0, out: 'hello undefined\n' });
    expect(await invoke(['-t', template, '-e', '-'], '{"name":"stdin"}')).toMatchObject({ out: 'hello stdin\n' });
  });

  test('prints an error as JSON and exits with 1', async () => {
    const { exitCode, out, log } = await invoke(['-t', template, '-e', '-'], '{"fail":true}');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ errorType: 'TypeError', errorMessage: 'asked to fail' });
    expect(log).toContain('REPORT RequestId: ');
  });

  test('exits with 1 when the function fails half-way through its answer', async () => {
    const { exitCode, out, log } = await invoke(['-t', template, '-e', '-'], '{"failHalfWay":true,"name":"you"}');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: 'hello you' });
    expect(log).toMatch(/^\nThe answer broke off: TypeError: asked to fail half-way\nINIT_START /);
  });

  test('exits with 1 when the process ends after the answer', async () => {
    const { exitCode, out, log } = await invoke(['-t', template, '-e', '-'], '{"exitLater":true,"name":"you"}');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: 'hello you\n' });
    expect(log).toContain('Runtime.ExitError');
  });

  test('prints the body of an HTTP response, its status and headers on stderr', async () => {
    const { exitCode, out, log } = await invoke(['-t', template, '-e', '-'], '{"http":true,"name":"you"}');
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'hello you\n' });
    expect(log).toMatch(/^HTTP 201\ncontent-type: text\/plain\nset-cookie: a=1\nINIT_START /);
  });

  test('takes parameter overrides, environment variables and the id of one function among several', async () => {
    const folder = await folderWith({ 'env.json': '{"First":{"GREETING":"overridden"}}' });
    const overrides = ['--parameter-overrides', 'Greeting="good day"'];
    expect(await invoke(['-t', template, ...overrides])).toMatchObject({ out: 'good day undefined\n' });
    const environment = ['-n', path.join(folder, 'env.json')];
    expect(await invoke(['First', '-t', several, ...environment])).toMatchObject({ out: 'overridden undefined\n' });
  });

  test.each([
    [
      'no id among several functions',
      ['-t', several],
      1,
      /the template has several: First, Second, WithoutUrl, Throttled\.$/m,
    ],
    [
      'an unknown id',
      ['Nobody', '-t', several],
      1,
      /^Expected a function of the template \(First, .*\), received Nobody\.$/m,
    ],
    ['no template', ['-t', 'nowhere.yaml'], 1, /^Expected a SAM template at nowhere\.yaml, .*ENOENT.*\n$/],
    ['no event', ['-t', template, '-e', 'nowhere.json'], 1, /^--event nowhere\.json: .*ENOENT.*\n$/],
    ['no JSON', ['-t', template, '-e', template], 1, /^--event .*: expected JSON, received something else: .*\n$/],
    ['an unknown option', ['--nonsense'], 2, /^error: unknown option '--nonsense'\n$/],
    [
      'a function without concurrency',
      ['Throttled', '-t', several],
      1,
      /^Expected at most 0 .* Throttled, .* reserved concurrency\n$/m,
    ],
  ])('shows one message, no stack trace, for %s', async (_, args, exitCode, message) => {
    const result = await invoke(args);
    expect(result).toMatchObject({ exitCode, out: '' });
    expect(result.log).toMatch(message);
    expect(result.log).not.toMatch(/^ +at /m);
  });
});
