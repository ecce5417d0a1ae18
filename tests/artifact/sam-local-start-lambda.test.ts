import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { backgroundSeconds } from '../helpers/background-seconds';
import { type RunningCli, startProcess } from '../helpers/cli';
import { allDebugLines, debugLines } from '../helpers/debug-lines';
import { invokeByAwsCli } from './helpers/aws-cli';
import { builtArtifact } from './helpers/built-artifact';
import { testWith } from './helpers/test-with';
import { awsCli, dockerDaemon, samCli } from './helpers/tools';

const run = promisify(execFile);
// Less than the test has, so that the AWS CLI does not outlive it, and does not ask again meanwhile.
const seconds = 120;
let sam: RunningCli | undefined;

afterEach(async () => {
  if (!sam) return;
  await sam.stop('SIGKILL');
  // SAM removes the container of an invocation when that has ended, and leaves it behind when it is stopped before.
  await Promise.all(containersOf(sam.log).map((id) => run('docker', ['rm', '--force', id])));
});

testWith(
  () => {
    builtArtifact();
    dockerDaemon();
    return { command: samCli(), aws: awsCli() };
  },
  '`sam local start-lambda` gives the AWS CLI the answer, and holds it back until the background work is done',
  async ({ command, aws }) => {
    const start = ['SAM_CLI_TELEMETRY=0', command, 'local', 'start-lambda', '--port', '0'];
    const overrides = ['--env-vars', await backgroundSeconds(1)];
    sam = startProcess('env', [...start, ...overrides]);
    const url = await sam.logMatches(/Running on (http:\S+)/);

    const { status, response } = await invokeByAwsCli(aws, {
      endpoint: url,
      functionName: 'BackgroundTasks',
      payload: '{ "message" : "Hello Background Tasks" }',
      options: ['--cli-read-timeout', String(seconds)],
      timeout: seconds * 1_000,
    });

    expect(status).toMatchObject({ StatusCode: 200 });
    // SAM writes the JSON anew, with spaces.
    expect(JSON.parse(response)).toEqual({ echoedMessage: 'Hello Background Tasks' });
    await sam.logMatches(/"POST \S+\/invocations HTTP\/1\.1" 200/);
    const [beforeTheAnswer = ''] = sam.log.split('"POST ');
    expect(debugLines(beforeTheAnswer)).toEqual(allDebugLines);

    expect(await sam.stop('SIGINT')).toBe(0);
    const [container = '', ...others] = containersOf(sam.log);
    expect(others).toEqual([]);
    expect(container).not.toBe('');
    expect((await run('docker', ['ps', '--all', '--quiet', '--no-trunc'])).stdout).not.toContain(container);
  },
);

function containersOf(log: string): string[] {
  return [...log.matchAll(/SAM_CONTAINER_ID: (\w+)/g)].map(([, id]) => id ?? '');
}
