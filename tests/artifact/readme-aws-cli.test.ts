import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { backgroundSeconds } from '../helpers/background-seconds';
import { startCli } from '../helpers/cli';
import { folderWith } from '../helpers/folder-with';
import { readmeSection, shellCommands } from '../helpers/readme';
import { nobodysAccount } from './helpers/nobodys-account';
import { testWith } from './helpers/test-with';
import { awsCli } from './helpers/tools';

testWith(awsCli, 'the lines of the README and of docs/local-lambda.md for the AWS CLI print the answer', async () => {
  const ports = ['--port', '0', '--api-port', '0', '--page-port', '0'];
  const cli = startCli('start', ...ports, '--no-watch', '--env-vars', await backgroundSeconds(1));
  const apiUrl = await cli.outMatches(/^Lambda API +(\S+)/m);
  const cwd = await folderWith({});
  const answered = async (command: string, env: NodeJS.ProcessEnv) => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} && ${show}`], { cwd, env });
    expect(stdout).toMatch(/"StatusCode": 200/);
    expect(stdout).toMatch(/\}\n\{"echoedMessage":"Hello Background Tasks"\}$/);
  };
  const [invoke = '', show = ''] = shellCommands(readmeSection('Call it'));
  await answered(`${invoke} --endpoint-url ${apiUrl}`, nobodysAccount(cwd));

  // A machine on which nobody has ever set up the AWS CLI.
  const fresh = { PATH: process.env['PATH'], HOME: cwd };
  for (const text of [readmeSection('Run it'), readFileSync('docs/local-lambda.md', 'utf8')]) {
    const whole = shellCommands(text).find((line) => line.includes('--endpoint-url')) ?? '';
    expect(whole).toContain('http://127.0.0.1:3001');
    await answered(whole.replace('http://127.0.0.1:3001', apiUrl), fresh);
  }
});
