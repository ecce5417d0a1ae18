import { access, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { nodeBinaryFor } from '../../local/environment/process/node-binary';
import { fences, readmeSection } from '../helpers/readme';
import { emptyProject, installPackage, type InstalledPackage, projectFolder, start } from './installed-package';

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage();
}, 300_000);
afterAll(() => installed.remove());

const binary = (name: string): string => path.join(projectFolder, 'node_modules/.bin', name);

describe('the tarball', () => {
  test('is as publint wants it', async () => {
    expect(await installed.run(binary('publint'), 'run', installed.tarball, '--strict')).toContain('All good!');
  });

  test('has the right types for each way to import it', async () => {
    const attw = await installed.run(binary('attw'), '--profile', 'node16', '--no-emoji', installed.tarball);
    expect(attw).toContain('No problems found');
  });

  test('has the pages and the pictures of its README', async () => {
    const root = path.join(installed.folder, 'node_modules/background-tasks');
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const targets = [...readme.matchAll(/\]\((docs\/[^)#]+)/g)].map(([, target = '']) => target);
    expect(targets).toEqual(expect.arrayContaining(['docs/images/live-page.png', 'docs/queued-tasks.md']));
    await Promise.all(targets.map((target) => access(path.join(root, target))));
  });

  test('runs nothing when it is installed, and brings the licence of the runtime client with it', async () => {
    const root = path.join(installed.folder, 'node_modules/background-tasks');
    const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    expect(Object.keys(manifest ?? {})).not.toContain('scripts');
    expect(await readFile(path.join(root, 'aws-lambda-ric/LICENSE'), 'utf8')).toContain('Apache License');
    await expect(installed.run('npm', 'ls', 'aws-lambda-ric')).rejects.toThrow('(empty)');
  });
});

describe.each([
  ['the Node.js that runs this', process.execPath],
  ['the Node.js of the functions', nodeBinaryFor('nodejs24.x').path],
])('on %s', (_, node) => {
  test('whoever imports it and whoever requires it share one copy', async () => {
    const program = `
      import * as imported from 'background-tasks';
      import { createRequire } from 'node:module';
      const required = createRequire(import.meta.url)('background-tasks');
      for (const name of Object.keys(required)) {
        if (imported[name] !== required[name]) throw new Error('two copies of ' + name);
      }
      console.log(Object.keys(imported).filter((name) => name in required).length > 10);`;
    expect(await installed.run(node, '--input-type=module', '--eval', program)).toBe('true\n');
  });

  test('the test kit can be imported and required', async () => {
    const imported = `import { startLocalLambda } from 'background-tasks/testing'; console.log(typeof startLocalLambda)`;
    expect(await installed.run(node, '--input-type=module', '--eval', imported)).toBe('function\n');
    const required = `console.log(typeof require('background-tasks/testing').startLocalLambda)`;
    expect(await installed.run(node, '--eval', required)).toBe('function\n');
  });
});

test.each(['bundler', 'node16', 'nodenext'])(
  'TypeScript finds its types, with moduleResolution %s',
  async (resolution) => {
    const module = resolution === 'bundler' ? 'preserve' : resolution;
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--types', 'node', '--skipLibCheck', 'false'];
    const how = ['--module', module, '--moduleResolution', resolution];
    await installed.run(binary('tsc'), ...options, ...how, 'app.ts', 'types/imported.mts', 'types/required.cts');
  },
  120_000,
);

test('a bundle of a function has nothing of the local Lambda, and of the library only what it uses', async () => {
  const inputs = await bundled('app.ts');
  const own = inputs.filter((file) => file.includes('background-tasks/'));
  expect(own).toContainEqual(expect.stringMatching(/esm\/runtime\/adapters\/codable-adapter\.js$/));
  expect(own.filter((file) => !/background-tasks\/esm\/runtime\//.test(file))).toEqual([]);
  expect(own.filter((file) => /\/(fetch|handler)-adapter\.js$/.test(file))).toEqual([]);
  // All of the queue hangs from what defineTask makes.
  expect(own.filter((file) => file.includes('/queue/'))).toEqual([]);
});

test('a bundle of a function with queued tasks has the signer of the package, and nothing else of AWS', async () => {
  const inputs = await bundled('queued/queued.mjs');
  expect(inputs).toContainEqual(expect.stringMatching(/background-tasks\/esm\/runtime\/queue\/signer\.js$/));
  expect(inputs.filter((file) => /@(smithy|aws-sdk|aws-crypto)\//.test(file))).toEqual([]);
});

/** What a bundle is made of, by the defaults of esbuild for Node.js. */
async function bundled(entryPoint: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(installed.folder, entryPoint)],
    bundle: true,
    minify: true,
    platform: 'node',
    write: false,
    metafile: true,
    outdir: installed.folder,
    absWorkingDir: installed.folder,
  });
  return Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
}

test('its command serves the template of the folder', async () => {
  const started = start(installed);
  const url = await started.outMatches(/^Function URL +(\S+)/m);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ message: 'Hello' }) });
  expect(await response.json()).toEqual({ echoedMessage: 'Hello' });
  await started.logMatches(/"name":"audit record","outcome":"completed"/);
  const page = await started.outMatches(/^Live page +(\S+)/m);
  for (const [file, text] of [
    ['', '<title>Local Lambda</title>'],
    ['page.css', ':root'],
    ['page.js', 'EventSource'],
  ] as const) {
    expect(await (await fetch(page + file)).text()).toContain(text);
  }
});

test('a function queues a task, bundled as either kind of module, by webpack, by Rollup, and unbundled', async () => {
  await installed.run(process.execPath, 'queued/bundle.mjs');
  const started = start(installed, '--template', 'queued/template.yaml');
  for (const name of ['CommonJs', 'Module', 'ByWebpack', 'ByRollup', 'Unbundled']) {
    const url = await started.outMatches(new RegExp(`^Function URL +(\\S+) +${name}$`, 'm'));
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ message: 'Hello' }) });
    expect(await response.text()).toBe('{"queued":true}');
    await started.logMatches(new RegExp(`greeted by ${name}: Hello`));
  }
}, 120_000);

test('redrive says which packages it needs, and finds them where they are installed', async () => {
  const redrive = ['npx', 'background-tasks', 'redrive'] as const;
  await expect(installed.run(...redrive, 'FailedTasks')).rejects.toThrow(
    'npm i -D @aws-sdk/client-sqs @aws-sdk/client-lambda\n',
  );
  // As if they were installed there: further than to look for a queue it would need AWS.
  const modules = `NODE_PATH=${path.join(projectFolder, 'node_modules')}`;
  await expect(
    installed.run(
      'env',
      '-u',
      'AWS_REGION',
      '-u',
      'AWS_DEFAULT_REGION',
      'AWS_CONFIG_FILE=none',
      modules,
      ...redrive,
      'FailedTasks',
    ),
  ).rejects.toThrow('There is no region: set AWS_REGION');
});

test('an ES module that is bundled, and a CommonJS package that is not, share one invocation', async () => {
  const started = start(installed, '--log', 'raw', '--template', 'two-copies/template.yaml');
  const response = await fetch(await started.outMatches(/^Function URL +(\S+)/m));
  expect(await response.text()).toBe('{"twoCopies":true}');
  await started.logMatches(/audited by a package/);
  await started.logMatches(/"name":"audit","outcome":"completed"/);
});

test.each([
  ['Jest', ['npx', 'jest', 'jest/'], /Tests: +1 passed, 1 total/],
  ['Vitest', ['npx', 'vitest', 'run', 'vitest/'], /Tests +1 passed/],
  ['node:test', ['node', '--test', 'node-test/background-tasks.test.mjs'], /pass 1\n/],
])('a test with the kit passes under %s', async (_, [command = '', ...args], passed) => {
  expect(await installed.run(command, ...args)).toMatch(passed);
});

describe('in an empty folder, as "Three ways in" of the README has it', () => {
  let empty: InstalledPackage;
  const section = readmeSection('Three ways in');
  const block = (language: string) => fences(section).find((fence) => fence.language === language)?.content ?? '';
  const handlers = [...section.matchAll(/^\| .* \| `(new LambdaRuntime\(.*)` \|$/gm)].map(
    ([, handler = '']) => handler,
  );

  beforeAll(async () => {
    empty = await emptyProject(installed, 'hono', 'valibot', '@types/node');
    await cp(path.join(__dirname, 'project/ways-in'), empty.folder, { recursive: true });
    await writeFile(path.join(empty.folder, 'README.ts'), block('ts'));
    await writeFile(path.join(empty.folder, 'template.yaml'), block('yaml'));
  }, 300_000);
  afterAll(() => empty.remove());

  test.each([
    ['README', handlers[0], /"name":"task 1","outcome":"completed"/],
    ['plain', handlers[1], /"name":"receipt","outcome":"completed"/],
    ['stream-handle', handlers[2], /"name":"receipt","outcome":"completed"/],
    ['codable', handlers[3], /"name":"receipt","outcome":"completed"/],
    // The third way in: the local Lambda alone.
    ['no-library', 'awslambda.streamifyResponse(', /^REPORT /m],
  ])('%s.ts has its answer while the work goes on, and then its outcome in the log', async (name, handler, ended) => {
    const code = await readFile(path.join(empty.folder, `${name}.ts`), 'utf8');
    expect(code).toContain(`export const handler = ${handler}`);
    await writeFile(path.join(empty.folder, 'app.ts'), code);

    const started = start(empty, '--log', 'raw');
    const url = await started.outMatches(/^Function URL +(\S+)/m);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: '{"order":"A-1"}' });
    expect(await response.json()).toEqual({ accepted: 'A-1' });
    expect(started.log).not.toContain('Receipt of A-1 sent');
    await started.logMatches(ended);
    expect(started.log).toContain('Receipt of A-1 sent');
    await started.end();
  });

  test('the stack of an error leads to the line of the source', async () => {
    await cp(path.join(empty.folder, 'plain.ts'), path.join(empty.folder, 'app.ts'));
    const started = start(empty, '--log', 'raw');
    const url = await started.outMatches(/^Function URL +(\S+)/m);
    expect((await fetch(url, { method: 'POST', body: 'no JSON' })).status).toBe(500);
    await started.logMatches(/"SyntaxError".*\bapp\.ts:5:/);
    await started.end();
  });

  test('TypeScript finds no fault with the code of the README', async () => {
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
    await empty.run(binary('tsc'), ...options, 'README.ts', 'codable.ts', 'plain.ts', 'stream-handle.ts');
  });
});
