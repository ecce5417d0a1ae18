import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtArtifact } from './helpers/built-artifact';
import { startBuiltLambda } from './helpers/built-lambda';
import { nobodysAccount } from './helpers/nobodys-account';
import { testWith } from './helpers/test-with';
import { awsCli } from './helpers/tools';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

testWith(
  () => ({ ...builtArtifact(), aws: awsCli() }),
  'the AWS CLI invokes the function as the README says',
  async ({ template, aws }) => {
    const { apiUrl } = await startBuiltLambda(template);

    const command = ['lambda', 'invoke', '--endpoint-url', apiUrl, '--function-name', 'BackgroundTasks'];
    const payload = [
      '--cli-binary-format',
      'raw-in-base64-out',
      '--payload',
      '{ "message" : "Hello Background Tasks" }',
    ];
    const { stdout } = await promisify(execFile)(aws, [...command, ...payload, 'response.json'], {
      cwd: folder,
      env: nobodysAccount(folder),
    });

    expect(JSON.parse(stdout)).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(await readFile(join(folder, 'response.json'), 'utf8')).toBe('{"echoedMessage":"Hello Background Tasks"}');
  },
);
