import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { nodeBinaryFor } from '../../../local/environment/process/node-binary';
import { folderWith } from '../../helpers/folder-with';

let bundle: string;

beforeAll(async () => {
  bundle = join(await folderWith({}), 'declared.js');
  const entryPoints = [join(__dirname, '../../fixtures/queued-tasks/declared.ts')];
  await build({ entryPoints, outfile: bundle, bundle: true, platform: 'node' });
});

/** Which of them a function loads while it starts. */
async function loadedAtInit(initializationType: string, modules: readonly string[]): Promise<string[]> {
  const tell = `console.log(process.moduleLoadList.join('\\n'))`;
  const script = `require(${JSON.stringify(bundle)}); setImmediate(() => ${tell})`;
  const { stdout } = await promisify(execFile)(nodeBinaryFor('nodejs24.x').path, ['-e', script], {
    env: { ...process.env, AWS_LAMBDA_INITIALIZATION_TYPE: initializationType },
  });
  const loaded = new Set(stdout.split('\n'));
  return modules.filter((module) => loaded.has(`NativeModule ${module}`));
}

test('a function that only has tasks loads neither what signs nor what sends', async () => {
  expect(await loadedAtInit('on-demand', ['crypto', 'https'])).toEqual([]);
});

test('under provisioned concurrency, where no caller waits for init, it is loaded then', async () => {
  expect(await loadedAtInit('provisioned-concurrency', ['crypto', 'https'])).toEqual(['crypto', 'https']);
});
