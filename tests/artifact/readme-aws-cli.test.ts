import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { backgroundSeconds } from '../helpers/background-seconds';
import { startCli } from '../helpers/cli';
import { folderWith } from '../helpers/folder-with';
import { readmeSection, shellCommands } from '../helpers/readme';
import { nobodysAccount } from './helpers/nobodys-account';
import { testWith } from './helpers/test-with';
import { awsCli } from './helpers/tools';

testWith(awsCli, 'the lines of the README for the AWS CLI print the answer, with the endpoint it names', async () => {
  const ports = ['--port', '0', '--api-port', '0', '--page-port', '0'];
  const cli = startCli('start', ...ports, '--no-watch', '--env-vars', await backgroundSeconds(1));
  const apiUrl = await cli.outMatches(/^Lambda API +(\S+)/m);
  const [, endpoint = ''] = /`(--endpoint-url http:\/\/127\.0\.0\.1:3001)`/.exec(readmeSection('Run it')) ?? [];
  const [invoke = '', show = ''] = shellCommands(readmeSection('Call it'));

  const cwd = await folderWith({});
  const here = `${invoke} ${endpoint.replace('http://127.0.0.1:3001', apiUrl)} && ${show}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', here], { cwd, env: nobodysAccount(cwd) });

  expect(stdout).toMatch(/"StatusCode": 200/);
  expect(stdout).toMatch(/\}\n\{"echoedMessage":"Hello Background Tasks"\}$/);
});
