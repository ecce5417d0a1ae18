import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith } from '../helpers/folder-with';
import { startObservedLambda } from '../helpers/local-lambda';
import { invokeByAwsCli } from './helpers/aws-cli';
import { nobodysAccount } from './helpers/nobodys-account';
import { testWith } from './helpers/test-with';
import { awsCli, samPython } from './helpers/tools';

const run = promisify(execFile);
const template = 'tests/fixtures/plain-function/template.yaml';

testWith(
  () => awsCli(),
  'the AWS CLI takes the Lambda API for the real one',
  async (aws) => {
    const lambda = await startObservedLambda({ template });
    const invoke = (payload: string, ...options: string[]) =>
      invokeByAwsCli(aws, { endpoint: lambda.apiUrl, functionName: 'Greeter', payload, options });

    const tailed = await invoke('{"name":"you"}', '--log-type', 'Tail', '--qualifier', '$LATEST');
    expect(tailed.response).toBe('hello you');
    expect(tailed.status).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(decodedLog(tailed.status)).toMatch(/^START RequestId: .*after the answer\nEND .*\nREPORT /s);

    const failed = await invoke('{"fail":true}');
    expect(failed.status).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(failed.response)).toMatchObject({ errorType: 'TypeError', errorMessage: 'asked to fail' });

    expect(await invoke('{"name":"later"}', '--invocation-type', 'Event')).toEqual({
      status: { StatusCode: 202 },
      response: '',
    });
    await lambda.waitForLog(({ text }) => text.includes('after the answer'));

    await expect(invoke('{')).rejects.toThrow('(InvalidRequestContentException)');
    await expect(invoke('{}', '--function-name', 'Nobody')).rejects.toThrow(
      '(ResourceNotFoundException) when calling the Invoke operation: Function not found: arn:aws:lambda:',
    );
  },
);

testWith(
  () => samPython(),
  'boto3 takes the Lambda API for the real one',
  async (python) => {
    const { apiUrl } = await startObservedLambda({ template });
    const env = nobodysAccount(await folderWith({}));
    const { stdout } = await run(python, [join(__dirname, 'python/boto3_client.py'), apiUrl, 'Greeter'], { env });
    const payload = (text: string): unknown => expect.stringContaining(text);
    const ok = { StatusCode: 200, ExecutedVersion: '$LATEST' };
    expect(JSON.parse(stdout)).toMatchObject({
      answered: { ...ok, FunctionError: null, hasLog: true, Payload: 'hello Grüße' },
      failed: { ...ok, FunctionError: 'Unhandled', hasLog: false, Payload: payload('"errorMessage":"asked to fail"') },
      event: { StatusCode: 202, Payload: '' },
      dryRun: { StatusCode: 204, Payload: '' },
      unknown: { type: 'ResourceNotFoundException', message: payload('Function not found: arn:aws:lambda:') },
      notJson: { type: 'InvalidRequestContentException' },
      streamed: { text: 'hello you', ErrorCode: null },
      brokenOff: { text: 'hello you', ErrorCode: 'Unhandled' },
    });
  },
);

function decodedLog(status: unknown): string {
  const log = typeof status === 'object' && status !== null && 'LogResult' in status ? status.LogResult : '';
  return Buffer.from(String(log), 'base64').toString();
}
