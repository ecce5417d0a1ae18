import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folderWith } from '../../helpers/folder-with';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';

interface Project {
  readonly lambda: ObservedLambda;
  readonly folder: string;
  /** What a function returns, or the error that it fails with. */
  readonly answerOf: (name: string) => Promise<unknown>;
}

/** Starts a project of these functions (logical id to what its YAML says after Runtime) and files. */
async function start(
  functions: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  options: { readonly ric?: string; readonly watch?: boolean; readonly onNotice?: (message: string) => void } = {},
): Promise<Project> {
  const resources = Object.entries(functions).map(
    ([id, rest]) => `  ${id}: { Type: AWS::Serverless::Function, ${rest} }`,
  );
  const folder = await folderWith({
    'template.yaml': `Globals: { Function: { Runtime: nodejs24.x } }\nResources:\n${resources.join('\n')}\n`,
    ...files,
  });
  const lambda = await startObservedLambda({ template: path.join(folder, 'template.yaml'), ...options });
  const answerOf = async (name: string): Promise<unknown> => {
    const response = await fetch(`${lambda.apiUrl}/2015-03-31/functions/${name}/invocations`, { method: 'POST' });
    return await response.json();
  };
  return { lambda, folder, answerOf };
}

const bundled = (codeUri: string, more = ''): string =>
  `Properties: { CodeUri: ${codeUri}, Handler: app.handler }, Metadata: { BuildMethod: esbuild, BuildProperties: { ${more} } }`;
const plain = (codeUri: string, more = ''): string =>
  `Properties: { CodeUri: ${codeUri}, Handler: app.handler, ${more} }`;

/** A package that says where it was found. */
const greeter = (folder: string, where: string): Record<string, string> => ({
  [path.join(folder, 'node_modules/greeter/package.json')]: '{ "main": "index.js" }',
  [path.join(folder, 'node_modules/greeter/index.js')]: `exports.greeting = '${where}';`,
});
const typescript =
  "import { greeting } from 'greeter';\nexport const handler = async (): Promise<string> => greeting;\n";
const commonjs = "const { greeting } = require('greeter');\nexports.handler = async () => greeting;\n";
const esm = "import greeter from 'greeter';\nexport const handler = async () => greeter.greeting;\n";

test('what a bundle leaves out is found from its CodeUri upwards, the nearest first', async () => {
  const { answerOf } = await start(
    {
      Own: bundled('services/own', 'EntryPoints: [app.ts], External: [greeter]'),
      Between: bundled('services/between/code', 'EntryPoints: [app.ts], External: [greeter]'),
      Root: bundled('root', 'EntryPoints: [app.ts], External: [greeter]'),
      Module: bundled('module', "EntryPoints: [app.ts], External: [greeter], Format: esm, OutExtension: ['.js=.mjs']"),
    },
    {
      'services/own/app.ts': typescript,
      ...greeter('services/own', 'its own'),
      'services/between/code/app.ts': typescript,
      ...greeter('services/between', 'between'),
      'root/app.ts': typescript,
      'module/app.ts': typescript,
      ...greeter('module', 'of the module'),
      ...greeter('.', 'of the project'),
    },
  );
  expect(await answerOf('Own')).toBe('its own');
  expect(await answerOf('Between')).toBe('between');
  expect(await answerOf('Root')).toBe('of the project');
  expect(await answerOf('Module')).toBe('of the module');
});

describe.each([
  ['aws-lambda-ric 4', require.resolve('aws-lambda-ric')],
  ['aws-lambda-ric 3', require.resolve('aws-lambda-ric-3/bin/index.mjs')],
])('without a bundle, on %s', (_, ric) => {
  test('packages are found from CodeUri, and a package.json that is not deployed says nothing of its modules', async () => {
    const { answerOf } = await start(
      {
        Common: plain('code/common'),
        Outer: plain('code/outer'),
        Module: plain('code/module'),
        Built: plain('.aws-sam/build/Built'),
      },
      {
        'package.json': '{ "type": "module" }',
        'code/common/app.js': commonjs,
        ...greeter('code/common', 'its own'),
        'code/outer/app.js': commonjs,
        'code/module/app.js': esm,
        'code/module/package.json': '{ "type": "module" }',
        '.aws-sam/build/Built/app.js': commonjs,
        ...greeter('.aws-sam/build/Built', 'built'),
        ...greeter('.', 'of the project'),
        'node_modules/greeter/package.json': '{}',
      },
      { ric },
    );
    expect(await answerOf('Common')).toBe('its own');
    expect(await answerOf('Outer')).toBe('of the project');
    expect(await answerOf('Module')).toBe('of the project');
    expect(await answerOf('Built')).toBe('built');
  });
});

test('whether .js is an ES module is told by its syntax, but not on Node.js 22, unless NODE_OPTIONS ask for it', async () => {
  const nodeOptions = 'Environment: { Variables: { NODE_OPTIONS: --experimental-detect-module } }';
  const { answerOf } = await start(
    {
      Newer: plain('code'),
      Older: plain('code', 'Runtime: nodejs22.x'),
      Asked: plain('code', `Runtime: nodejs22.x, ${nodeOptions}`),
    },
    { 'code/app.js': "export const handler = async () => 'a module';" },
  );
  expect(await answerOf('Newer')).toBe('a module');
  expect(await answerOf('Older')).toHaveProperty('errorType', 'Runtime.UserCodeSyntaxError');
  expect(await answerOf('Asked')).toBe('a module');
});

test('the copy of a function follows its source', async () => {
  let onNotice: (message: string) => void = () => undefined;
  const changed = new Promise<string>((resolve) => (onNotice = resolve));
  const { answerOf, folder } = await start(
    { Common: plain('code') },
    { 'package.json': '{ "type": "module" }', 'code/app.js': "exports.handler = async () => 'first';" },
    {
      watch: true,
      onNotice: (message) => {
        onNotice(message);
      },
    },
  );
  expect(await answerOf('Common')).toBe('first');
  // At one stroke: a build must not see the file while it is empty.
  await writeFile(path.join(folder, 'saved'), "exports.handler = async () => 'second';");
  await rename(path.join(folder, 'saved'), path.join(folder, 'code/app.js'));
  expect(await changed).toContain('Common has changed');
  expect(await answerOf('Common')).toBe('second');
});

describe('the AWS SDK, which the function has not installed', () => {
  const files = {
    'package.json': '{}',
    'common/app.js': "exports.handler = async () => typeof require('@aws-sdk/client-lambda').LambdaClient;",
    'module/app.mjs':
      "import { LambdaClient } from '@aws-sdk/client-lambda';\nexport const handler = async () => typeof LambdaClient;",
    'bundle/app.ts':
      "import { LambdaClient } from '@aws-sdk/client-lambda';\nexport const handler = async () => typeof LambdaClient;",
  };
  const functions = {
    Common: plain('common'),
    Module: plain('module'),
    Bundle: bundled('bundle', "EntryPoints: [app.ts], External: ['@aws-sdk/*']"),
  };

  test('is that of this package', async () => {
    const { answerOf } = await start(functions, files);
    expect(await answerOf('Common')).toBe('function');
    expect(await answerOf('Module')).toBe('function');
    expect(await answerOf('Bundle')).toBe('function');
  });

  test('is that of the project where it has one', async () => {
    const { answerOf } = await start(functions, {
      ...files,
      'node_modules/@aws-sdk/client-lambda/package.json': '{ "main": "index.js" }',
      'node_modules/@aws-sdk/client-lambda/index.js': "exports.LambdaClient = 'of the project';",
    });
    expect(await answerOf('Common')).toBe('string');
    expect(await answerOf('Module')).toBe('string');
    expect(await answerOf('Bundle')).toBe('string');
  });

  test('has parts outside its own scope, which come with it', async () => {
    const { answerOf } = await start(
      { Common: plain('common'), Module: plain('module') },
      {
        'package.json': '{}',
        'common/app.js': "exports.handler = async () => typeof require('@smithy/core').setFeature;",
        'module/app.mjs':
          "import { setFeature } from '@smithy/core';\nexport const handler = async () => typeof setFeature;",
      },
    );
    expect(await answerOf('Common')).toBe('function');
    expect(await answerOf('Module')).toBe('function');
  });

  test('of version 2 is said to be missing on AWS too', async () => {
    const { answerOf } = await start(
      { Common: plain('common'), Module: plain('module') },
      { 'common/app.js': "require('aws-sdk/clients/s3');", 'module/app.mjs': "import 'aws-sdk';" },
    );
    for (const name of ['Common', 'Module']) {
      expect(await answerOf(name)).toHaveProperty(
        'errorMessage',
        expect.stringMatching(
          /Cannot find .*'aws-sdk[^]*\nFrom Node\.js 18 on .* fails on AWS too: npm install aws-sdk$/m,
        ),
      );
    }
  });

  test('is named with the package to install where neither has it', async () => {
    const hint =
      "Lambda's Node.js runtimes have the AWS SDK, this machine does not: npm install --save-dev @aws-sdk/client-s3";
    const { answerOf, lambda } = await start(
      {
        Common: plain('common'),
        Module: plain('module'),
        Lazy: plain('lazy'),
        Smithy: plain('smithy'),
        Other: plain('other'),
      },
      {
        'common/app.js': "require('@aws-sdk/client-s3');",
        'module/app.mjs': "import '@aws-sdk/client-s3/index.js';",
        'lazy/app.mjs': "export const handler = () => import('@aws-sdk/client-s3');",
        'smithy/app.mjs': "import '@smithy/not-installed';",
        'other/app.mjs': "import 'not-installed';",
      },
    );
    for (const name of ['Common', 'Module', 'Lazy']) {
      expect(await answerOf(name)).toHaveProperty('errorMessage', expect.stringContaining(hint));
    }
    expect(await answerOf('Smithy')).toHaveProperty(
      'errorMessage',
      expect.stringMatching(/-dev @smithy\/not-installed$/),
    );
    expect(lambda.log.some(({ text }) => text.includes(hint))).toBe(true);
    expect(await answerOf('Other')).toHaveProperty('errorMessage', expect.not.stringContaining('AWS SDK'));
  });
});
