import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { startProcess, type RunningCli } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';
import { handlersFolder } from '../../helpers/running-pool';

const template = `
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ${JSON.stringify(handlersFolder)}, Timeout: 30, MemorySize: 256 } }
Resources:
  Caller: { Type: AWS::Serverless::Function, Properties: { Handler: sdk.calls } }
  Called: { Type: AWS::Serverless::Function, Properties: { FunctionName: called-by-name, Handler: sdk.answers } }
`;

/** A local Lambda whose developer has these variables and no others, and these files at home. */
async function startAs(
  variables: Readonly<Record<string, string>>,
  home: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Promise<RunningCli> {
  const folder = await folderWith({ 'template.yaml': template, ...home });
  const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, ...variables };
  const command = [process.execPath, '--import', 'tsx', 'local/cli/main.ts', 'start'];
  return startProcess('env', [
    ...['-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
    ...[...command, '-t', join(folder, 'template.yaml'), '-p', '0', '--api-port', '0', '--no-page', ...options],
  ]);
}

async function callerSays(cli: RunningCli, name: string): Promise<unknown> {
  const port = await cli.outMatches(/^Lambda API {4}http:\/\/.*:(\d+)$/m);
  const url = `http://127.0.0.1:${port}/2015-03-31/functions/Caller/invocations`;
  return (await fetch(url, { method: 'POST', body: JSON.stringify({ name }) })).json();
}

const answer = { by: 'the SDK' };

describe('the AWS SDK in a function', () => {
  test.each([[[]], [['--host', '0.0.0.0']]])(
    'invokes another one of the template, for a developer who has no credentials, with %j',
    async (options) => {
      const cli = await startAs({}, {}, options);
      expect(await callerSays(cli, 'called-by-name')).toEqual({ answer, accessKeyId: 'local', samLocal: 'true' });
      await cli.logMatches(/^REPORT .*\n[^]*^REPORT /m);
    },
  );

  test('acts as the profile that the developer has chosen', async () => {
    const files = {
      'aws/config': '[profile work]\nregion = eu-west-1\n',
      'aws/credentials':
        '[default]\naws_access_key_id = other\naws_secret_access_key = other\n' +
        '[work]\naws_access_key_id = work-key\naws_secret_access_key = work-secret\n',
    };
    const folder = await folderWith(files);
    const cli = await startAs({
      AWS_PROFILE: 'work',
      AWS_CONFIG_FILE: join(folder, 'aws/config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws/credentials'),
    });
    expect(await callerSays(cli, 'Called')).toMatchObject({ answer, accessKeyId: 'work-key' });
  });

  test('acts as the default profile in the developer’s home', async () => {
    const credentials = '[default]\naws_access_key_id = home-key\naws_secret_access_key = home-secret\n';
    const cli = await startAs({}, { '.aws/credentials': credentials });
    expect(await callerSays(cli, 'Called')).toMatchObject({ answer, accessKeyId: 'home-key' });
  });

  test('goes where the developer says that Lambda is', async () => {
    const elsewhere = createServer((request, response) => {
      response.end(JSON.stringify({ path: request.url }));
    }).listen(0, '127.0.0.1');
    try {
      await once(elsewhere, 'listening');
      const address = elsewhere.address();
      if (address === null || typeof address === 'string') throw new Error(`Expected a port, received ${address}`);
      const cli = await startAs({ AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${address.port}` });
      const path = '/2015-03-31/functions/Called/invocations';
      expect(await callerSays(cli, 'Called')).toMatchObject({ answer: { path } });
    } finally {
      elsewhere.closeAllConnections();
      elsewhere.close();
    }
  });
});
