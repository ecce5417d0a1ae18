import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith } from '../helpers/folder-with';
import { fences } from '../helpers/readme';
import { projectFolder } from './helpers/built-artifact';
import { deployment, namesOf, propertiesOf } from './helpers/cloudformation';
import { testWith } from './helpers/test-with';
import { cfnLint, samPython } from './helpers/tools';

/** The template of docs/requests.md, in a folder of its own. */
async function recipe(): Promise<string> {
  const page = await readFile(join(projectFolder, 'docs/requests.md'), 'utf8');
  const [yaml, ...others] = fences(page).filter(({ language }) => language === 'yaml');
  expect(others).toEqual([]);
  return join(await folderWith({ 'template.yaml': yaml?.content ?? '' }), 'template.yaml');
}

describe('the REST API of docs/requests.md', () => {
  testWith(cfnLint, 'passes cfn-lint, without so much as a remark', async (program) => {
    await promisify(execFile)(program, ['--include-checks', 'I', '--template', await recipe()]);
  });

  testWith(samPython, 'streams, and may call the function', async (python) => {
    const { deployed } = await deployment(python, await recipe(), {});
    expect(JSON.stringify(propertiesOf(deployed, 'OrdersApi'))).toMatch(/2021-11-15.*response-streaming-invocations/);
    expect(propertiesOf(deployed, 'OrdersApi')).toMatchObject({
      Body: {
        paths: { '/orders': { post: { 'x-amazon-apigateway-integration': { responseTransferMode: 'STREAM' } } } },
      },
    });
    expect(namesOf(deployed, 'AWS::Lambda::Permission')).toEqual(['OrdersApiPermission']);
  });
});
