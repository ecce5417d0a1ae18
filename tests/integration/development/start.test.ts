import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startCli, startProcess } from '../../helpers/cli';
import type { RunningCli } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';
import { descendantsOf, processEnded } from '../../helpers/processes';

const template = 'tests/fixtures/plain-function/template.yaml';
const several = 'tests/fixtures/plain-function/several.yaml';
const onFreePorts = ['-p', '0', '--api-port', '0', '--page-port', '0'];

const functionUrl = (cli: RunningCli, name: string) =>
  cli.outMatches(new RegExp(String.raw`^Function URL {2}(http://127\.0\.0\.1:\d+/) {2}${name}$`, 'm'));
const apiUrl = (cli: RunningCli) => cli.outMatches(/^Lambda API {4}(http:\/\/127\.0\.0\.1:\d+)$/m);
const bodyOf = async (url: string, init?: RequestInit) => await (await fetch(url, init)).text();

test('--version is that of the package', async () => {
  const cli = startCli('--version');
  expect(await cli.exited()).toBe(0);
  expect(cli.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('start', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'prints where it listens, answers there, logs until REPORT, and ends at %s without a child left',
    async (signal) => {
      const cli = startCli('start', '-t', template, ...onFreePorts);
      const url = await functionUrl(cli, 'Greeter');
      const api = await apiUrl(cli);
      const page = await cli.outMatches(/^Live page {5}(http:\/\/127\.0\.0\.1:\d+\/)$/m);
      await cli.outMatches(/^Ctrl-C stops it\.$/m);
      expect(await bodyOf(page)).toContain('<title>Local Lambda</title>');
      expect(cli.out).toContain(`\n\ncurl -d '{}' ${url}\n\n`);
      expect(cli.out).toContain('AuthType AWS_IAM (Greeter): local requests go unchecked.\n');

      expect(await bodyOf(`${url}world`)).toBe('hello /world');
      await cli.logMatches(/after the answer\nEND RequestId: .*\nREPORT RequestId: /);
      expect(cli.log).toMatch(/^INIT_START .*\nSTART RequestId: .*\n.*before the answer\n/);

      const invocations = `${api}/2015-03-31/functions/Greeter/invocations`;
      expect(await bodyOf(invocations, { method: 'POST', body: '{"name":"api"}' })).toBe('hello api');

      const children = await descendantsOf(cli.pid);
      expect(children.length).toBeGreaterThan(0);
      expect(await cli.stop(signal)).toBe(0);
      await Promise.all(children.map(processEnded));
    },
  );

  test('ends with work still going on in the background, and leaves no child behind', async () => {
    const cli = startCli('start', '-t', template, ...onFreePorts);
    const url = await functionUrl(cli, 'Greeter');
    await Promise.all([bodyOf(url), bodyOf(url), bodyOf(url)]);
    const children = await descendantsOf(cli.pid);
    expect(await cli.stop('SIGTERM')).toBe(0);
    await Promise.all(children.map(processEnded));
  });

  test('gives each function with a URL a port of its own, and serves the others by the API alone', async () => {
    const cli = startCli('start', '-t', several, ...onFreePorts);
    expect(await bodyOf(await functionUrl(cli, 'First'))).toBe('first /');
    expect(await bodyOf(await functionUrl(cli, 'Second'))).toBe('second /');
    const invocations = `${await apiUrl(cli)}/2015-03-31/functions/WithoutUrl/invocations`;
    expect(await bodyOf(invocations, { method: 'POST', body: '{"name":"api"}' })).toBe('without URL api');
    expect(cli.out).not.toContain('AWS_IAM');
    expect(cli.log).toMatch(/^Warning: .*Pythonic is left out/);
  });

  test('shows how to call a function by the Lambda API where none has a URL', async () => {
    const folder = await folderWith({
      'template.yaml':
        'Resources: { Hello: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: a.b } } }',
      'a.js': "exports.b = async () => 'hello';",
    });
    const cli = startCli('start', '-t', join(folder, 'template.yaml'), ...onFreePorts);
    const example = await cli.outMatches(/^curl -d '\{\}' (http:\S+)$/m);
    expect(await bodyOf(example, { method: 'POST', body: '{}' })).toBe('"hello"');
  });

  test('shows how to send the first event in the folder of the template that is no whole event of a URL', async () => {
    const folder = await folderWith({
      'template.yaml':
        'Resources: { Hello: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: a.b } } }',
      'a.js': 'exports.b = async (event) => event;',
      'events/a-note.txt': '{}',
      'events/broken.json': '{',
      'events/from-url.json': '{"version":"2.0","requestContext":{}}',
      'events/order.json': '{"order":42}',
      'events/other.json': '{}',
    });
    const cli = startCli('start', '-t', join(folder, 'template.yaml'), ...onFreePorts);
    await cli.outMatches(/^Ctrl-C stops it\.$/m);
    expect(cli.out).toContain(`\ncurl -d @${join(folder, 'events/order.json')} http://`);
  });

  test('shows no call where the only function cannot be built yet', async () => {
    const folder = await folderWith({
      'template.yaml': `Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts] } }
    Properties: { Runtime: nodejs24.x, Handler: app.handler, FunctionUrlConfig: { AuthType: NONE } }`,
      'app.ts': 'export const handler = (',
    });
    const cli = startCli('start', '-t', join(folder, 'template.yaml'), ...onFreePorts);
    await cli.outMatches(/^Ctrl-C stops it\.$/m);
    expect(cli.log).toMatch(/^Warning: Hello cannot run \(http:\S+ answers 502\)\./);
    expect(cli.out).not.toContain('curl');
    expect(await cli.stop('SIGINT')).toBe(0);
  });

  test('serves no page where --no-page says so', async () => {
    const cli = startCli('start', '-t', template, '--no-page', ...onFreePorts);
    await cli.outMatches(/^Ctrl-C stops it\.$/m);
    expect(cli.out).not.toContain('Live page');
  });

  test('serves the URL of one function only where --function says so', async () => {
    const cli = startCli('start', '-t', several, '--function', 'Second', ...onFreePorts);
    await apiUrl(cli);
    expect(cli.out).toMatch(/^Function URL .* Second\nLambda API/);
  });

  test('checks signatures where --auth says so, and gives a signed request to copy', async () => {
    const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'not to be shown' };
    const cli = startProcess('env', [
      ...Object.entries(credentials).map(([name, value]) => `${name}=${value}`),
      ...[process.execPath, '--import', 'tsx', 'local/cli/main.ts', 'start', '-t', template, '--auth', ...onFreePorts],
    ]);
    const url = await functionUrl(cli, 'Greeter');
    await cli.outMatches(/^AuthType AWS_IAM \(Greeter\): requests must be signed/m);
    expect((await fetch(url)).status).toBe(403);
    expect(cli.out).toMatch(/^curl --aws-sigv4 "aws:amz:.*" --user "\$AWS_ACCESS_KEY_ID:\$AWS_SECRET_ACCESS_KEY" /m);
    expect(cli.out + cli.log).not.toContain('not to be shown');
  });

  test('warns of a --host that others can reach, and says where a debugger is waited for', async () => {
    const cli = startCli('start', '-t', template, '--host', '0.0.0.0', '-d', '9229', ...onFreePorts);
    await cli.outMatches(/^Once invoked, the function waits for a debugger at 127\.0\.0\.1:9229\.$/m);
    expect(cli.log).toMatch(/^Warning: --host 0\.0\.0\.0 lets everyone who reaches this machine invoke the functions/);
  });

  test.each([
    ['-p', '--port'],
    ['--api-port', '--api-port'],
    ['--page-port', '--page-port'],
  ])('says which option to change when the port of %s is in use', async (option, named) => {
    const occupant = createServer().listen(0, '127.0.0.1');
    try {
      await once(occupant, 'listening');
      const address = occupant.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const cli = startCli('start', '-t', template, ...onFreePorts, option, String(port));
      expect(await cli.exited()).toBe(1);
      expect(cli.log).toMatch(
        new RegExp(`^.*127\\.0\\.0\\.1:${port}.* in use; choose another port with ${named} .*\\n$`),
      );
    } finally {
      occupant.close();
    }
  });

  test('says that options follow -- where npm has kept them', async () => {
    const npm = startProcess('npm', ['start', '-p', '3100']);
    expect(await npm.exited()).toBe(2);
    expect(npm.log).toMatch(/too many arguments for 'start'.*\n.*: npm start -- -p 3100\n/);
  });

  test('says which option names another template where there is none', async () => {
    const cli = startCli('start', '-t', 'none.yaml');
    expect(await cli.exited()).toBe(1);
    expect(cli.log).toMatch(/^Expected a SAM template at none\.yaml, .*\. -t names another\.\n$/);
  });

  test('stops when the npm that started it is told to', async () => {
    const npm = startProcess('npm', ['start', '--', '-t', template, ...onFreePorts]);
    expect(await bodyOf(await functionUrl(npm, 'Greeter'))).toBe('hello /');
    const processes = await descendantsOf(npm.pid);
    npm.signal('SIGTERM');
    await Promise.all(processes.map(processEnded));
  });

  test('stops when the npm that started it is killed', async () => {
    const npm = startProcess('npm', ['start', '--', '-t', template, ...onFreePorts]);
    await apiUrl(npm);
    const processes = await descendantsOf(npm.pid);
    npm.signal('SIGKILL');
    await Promise.all(processes.map(processEnded));
  });
});
