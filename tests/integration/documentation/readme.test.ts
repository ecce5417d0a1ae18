import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { looseObject, number, parse, record, string, union } from 'valibot';
import { parse as parseYaml } from 'yaml';
import { backgroundSeconds } from '../../helpers/background-seconds';
import { startProcess, type RunningCli } from '../../helpers/cli';
import { testWithCurl, testWithSigningCurl } from '../../helpers/curl';
import { descendantsOf, processEnded } from '../../helpers/processes';
import { fences, readmeSection, shellCommands } from '../../helpers/readme';

// Each command of the README is in one of these two lists, so that a new one asks for a decision.
const runHere = [
  'npm ci',
  'npm start',
  `curl -d '{"message":"Hello Background Tasks"}' http://127.0.0.1:3000/`,
  'npm run invoke -- -e events/hello.json',
  'curl --aws-sigv4',
  `curl -d '{"message":"Hello Background Tasks"}' "$FUNCTION_URL"`,
];
const notRunHere: Readonly<Record<string, string>> = {
  'npm test': 'this test is part of it',
  'aws lambda invoke': 'needs the AWS CLI: tests/artifact/readme-aws-cli.test.ts runs it',
  'AWS_REGION=us-east-1': 'as above',
  'cat response.json': 'belongs to the line above',
  'sam build': 'needs the SAM CLI: .ci/run runs it',
  'sam deploy --guided': 'needs an account',
  'sam logs': 'needs an account',
  'sam delete': 'needs an account',
  'sam init': 'needs the SAM CLI: tests/artifact/sam-init.test.ts runs it',
  'npm i background-tasks': 'needs the tarball: tests/package/package.test.ts installs it',
  'npm i -D background-tasks': 'as above',
  'npx background-tasks start': 'needs the tarball: tests/package/package.test.ts runs it',
  'STACK_NAME=': 'needs an account',
};

const commands = shellCommands();
const starting = (start: string) => (command: string) => command.startsWith(start);
const inReadme = (start: string): string => {
  const command = commands.find(starting(start));
  if (command === undefined) throw new Error(`Expected a command in README.md that starts with ${start}, found none`);
  return command;
};

// What differs from the README: free ports, a short time for the background work, and credentials of nobody.
const shortWork = async () => `--env-vars ${await backgroundSeconds(1)}`;
const freePorts = '--port 0 --api-port 0 --page-port 0';
const credentials = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
  AWS_SESSION_TOKEN: 'token',
};

const Parameter = looseObject({ Default: union([string(), number()]) });
const Template = looseObject({ Parameters: record(string(), Parameter) });

/** Replaces this shell, so that a signal reaches what it runs. */
const shell = (command: string): RunningCli =>
  startProcess('env', [
    ...Object.entries(credentials).map(([name, value]) => `${name}=${value}`),
    ...['sh', '-c', `exec ${command}`],
  ]);
const outputOf = async (command: string, env: Readonly<Record<string, string>> = {}): Promise<string> =>
  (await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, ...credentials, ...env } })).stdout;
const expectedOf = (section: string, language: string): string =>
  fences(readmeSection(section)).find((fence) => fence.language === language)?.content ?? '';

test.each(commands)('somebody has decided how the command is tested: %s', (command) => {
  expect([...runHere, ...Object.keys(notRunHere)].filter((start) => command.startsWith(start))).toHaveLength(1);
});

test('the table of parameters has those of the template, each with its default', () => {
  const rows = [...readmeSection('Deploy it').matchAll(/^\| `(\w+)` \| `?(\w+)`? \|/gm)];
  const { Parameters } = parse(Template, parseYaml(readFileSync('template.yaml', 'utf8'), { logLevel: 'error' }));
  expect(rows.map(([, name, shown]) => [name, shown])).toEqual(
    Object.entries(Parameters).map(([name, { Default }]) => [name, Default === '' ? 'none' : String(Default)]),
  );
});

test('npm ci finds package.json and package-lock.json in step', async () => {
  // Without --dry-run it would take away the packages that the tests run on.
  expect(await outputOf(`${inReadme('npm ci')} --dry-run --no-audit --no-fund`)).toMatch(/up to date|packages? in/);
});

testWithCurl(
  'npm start prints what the README shows, and the curl lines get their answer while the log goes on',
  async () => {
    const npm = shell(`${inReadme('npm start')} -- ${freePorts} ${await shortWork()}`);
    const url = await npm.outMatches(/^Function URL +(\S+)/m);
    const apiUrl = await npm.outMatches(/^Lambda API +(\S+)/m);
    const pageUrl = await npm.outMatches(/^Live page +(\S+)/m);
    const shown = expectedOf('Run it', 'text').replace('http://127.0.0.1:3000/', url);
    expect(npm.out).toContain(
      shown.replace('http://127.0.0.1:3001', apiUrl).replace('http://127.0.0.1:3002/', pageUrl),
    );

    const post = inReadme(`curl -d '{"message":"Hello Background Tasks"}' http`).replace('http://127.0.0.1:3000/', url);
    expect(`${await outputOf(post)}\n`).toBe(expectedOf('Run it', 'json'));
    expect(npm.log).not.toContain('REPORT RequestId');
    await npm.logMatches(/^REPORT RequestId/m);

    const [, get = ''] = /`(curl "http:\/\/127\.0\.0\.1:3000\/\?[^`]*)`/.exec(readmeSection('Run it')) ?? [];
    expect(await outputOf(get.replace('http://127.0.0.1:3000/', url))).toBe('{"echoedMessage":"Hello"}');
    await stop(npm);
  },
);

test('npm run invoke prints the answer, then the log until REPORT', async () => {
  const npm = shell(`${inReadme('npm run invoke')} ${await shortWork()}`);
  await npm.outMatches(/^\{"echoedMessage":"Hello Background Tasks"\}$/m);
  expect(npm.log).not.toContain('REPORT RequestId');
  expect(await npm.exited()).toBe(0);
  expect(npm.log).toMatch(/\nREPORT RequestId: .*\n$/);
});

testWithSigningCurl('the signed curl line is let in at a URL that asks for signatures', async () => {
  const npm = shell(`npm start -- --auth ${freePorts} ${await shortWork()}`);
  const env = { FUNCTION_URL: await npm.outMatches(/^Function URL +(\S+)/m) };
  const signed = inReadme('curl --aws-sigv4');
  expect(await outputOf(signed, env)).toBe('{"echoedMessage":"Hello Background Tasks"}');
  expect(await outputOf(signed, { ...env, AWS_SECRET_ACCESS_KEY: 'a guess' })).toContain('signature');
  await stop(npm);
});

testWithCurl('the plain curl line is let in at a URL with the AuthType NONE', async () => {
  const npm = shell(
    `npm start -- --auth ${freePorts} ${await shortWork()} --parameter-overrides FunctionUrlAuthType=NONE`,
  );
  const env = { FUNCTION_URL: await npm.outMatches(/^Function URL +(\S+)/m) };
  const plain = inReadme(`curl -d '{"message":"Hello Background Tasks"}' "$`);
  expect(await outputOf(plain, env)).toBe('{"echoedMessage":"Hello Background Tasks"}');
  await stop(npm);
});

async function stop(npm: RunningCli): Promise<void> {
  const processes = await descendantsOf(npm.pid);
  npm.signal('SIGTERM');
  await Promise.all(processes.map(processEnded));
}
