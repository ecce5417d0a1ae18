import { existsSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildFunction } from '../../../../local/build/build';
import { readTemplate } from '../../../../local/template/template';
import { folderWith } from '../../../helpers/folder-with';

const sources = {
  'src/app.ts':
    "import { greeting } from './greeting';\nexport const handler = async (): Promise<string> => greeting;\n",
  'src/greeting.ts': "export const greeting: string = 'hello';\n",
};

async function build({
  buildProperties,
  properties = '',
  files = {},
}: {
  buildProperties?: string;
  properties?: string;
  files?: Record<string, string>;
}) {
  const metadata = `Metadata: { BuildMethod: esbuild, BuildProperties: { ${buildProperties ?? ''} } }`;
  const template = `
Resources:
  Hello:
    Type: AWS::Serverless::Function
    ${buildProperties === undefined ? '' : metadata}
    Properties: { ${properties.includes('Handler') ? '' : 'Handler: src/app.handler, '}Runtime: nodejs24.x, ${properties} }
`;
  const folder = await folderWith({ 'template.yaml': template, ...sources, ...files });
  const file = path.join(folder, 'template.yaml');
  const read = await readTemplate(file, { region: 'us-east-1', onWarning: () => undefined });
  const [definition] = read.read(new Map()).functions;
  if (!definition) throw new Error('Expected the template to have a function');
  const rebuild = () => buildFunction(definition);
  return { folder, rebuild, ...(await rebuild()) };
}

const codeOf = (codeFolder: string, file = 'app.js') => readFile(path.join(codeFolder, file), 'utf8');

test('an entry point becomes a minified CommonJS file at the root of the code folder, and the handler follows it', async () => {
  const { folder, codeFolder, definition } = await build({ buildProperties: 'EntryPoints: [src/app.ts]' });
  expect(codeFolder).toBe(path.join(folder, '.local-lambda/Hello'));
  expect(await readdir(codeFolder)).toEqual(['app.js']);
  expect(definition.handler).toBe('app.handler');
  const code = await codeOf(codeFolder);
  expect(code).toContain('module.exports=');
  expect(code).not.toContain('greeting.ts');
});

test('without EntryPoints the handler’s file is built, its extension found', async () => {
  const { codeFolder } = await build({ buildProperties: '' });
  expect(await readdir(codeFolder)).toEqual(['app.js']);
});

test('several entry points keep their folders from the first that differs', async () => {
  const { codeFolder, definition } = await build({
    buildProperties: 'EntryPoints: [src/app.ts, other/deep/job.ts]',
    files: { 'other/deep/job.ts': 'export const handler = () => 1;' },
  });
  expect(existsSync(path.join(codeFolder, 'other/deep/job.js'))).toBe(true);
  expect(definition.handler).toBe('src/app.handler');
});

test('options reach esbuild: format, extension, define, banner, no minification', async () => {
  const { codeFolder } = await build({
    buildProperties: `EntryPoints: [src/app.ts], Format: esm, OutExtension: ['.js=.mjs'], Minify: false,
      Banner: ['js=/* banner */'], Define: ['WHO="world"']`,
    files: { 'src/greeting.ts': 'declare const WHO: string;\nexport const greeting = WHO;\n' },
  });
  expect(await readdir(codeFolder)).toEqual(['app.mjs']);
  const code = await codeOf(codeFolder, 'app.mjs');
  expect(code).toMatch(/^\/\* banner \*\//);
  expect(code).toContain('"world"');
  expect(code).toMatch(/export \{\n {2}handler\n\}/);
});

describe('source maps', () => {
  test('come with the option of Node.js that reads them', async () => {
    const { codeFolder, definition } = await build({
      buildProperties: 'EntryPoints: [src/app.ts], Sourcemap: true',
      properties: 'Environment: { Variables: { NODE_OPTIONS: --no-deprecation } }',
    });
    expect(await readdir(codeFolder)).toEqual(['app.js', 'app.js.map']);
    expect(definition.environment['NODE_OPTIONS']).toBe('--no-deprecation --enable-source-maps');
  });

  test('are built where NODE_OPTIONS asks for them', async () => {
    const { codeFolder } = await build({
      buildProperties: 'EntryPoints: [src/app.ts]',
      properties: 'Environment: { Variables: { NODE_OPTIONS: --enable-source-maps } }',
    });
    expect(await readdir(codeFolder)).toEqual(['app.js', 'app.js.map']);
  });

  test('stay out where neither asks for them', async () => {
    const { definition } = await build({ buildProperties: 'EntryPoints: [src/app.ts], Sourcemap: false' });
    expect(definition.environment).toEqual({});
  });
});

test('a second build replaces the files of the first and leaves nothing else behind', async () => {
  const { folder, codeFolder, rebuild } = await build({ buildProperties: 'EntryPoints: [src/app.ts]' });
  await Promise.all([rebuild(), rebuild()]);
  expect(await readdir(codeFolder)).toEqual(['app.js']);
  expect(await readdir(path.join(folder, '.local-lambda'))).toEqual(['.gitignore', 'Hello', 'package.json']);
});

test('a bundle is CommonJS in a project of ES modules too, since package.json is not deployed with it', async () => {
  const { folder } = await build({
    buildProperties: 'EntryPoints: [src/app.ts]',
    files: { 'package.json': '{ "type": "module" }' },
  });
  expect(await readFile(path.join(folder, '.local-lambda/package.json'), 'utf8')).toBe('{}\n');
});

test('External ./node_modules/* keeps the dependencies of package.json out of the bundle', async () => {
  const { codeFolder } = await build({
    buildProperties: "EntryPoints: [src/app.ts], External: ['./node_modules/*']",
    files: {
      'package.json': '{ "dependencies": { "left-out": "1.0.0" } }',
      'src/greeting.ts': "import text from 'left-out';\nexport const greeting: string = text;\n",
    },
  });
  expect(await codeOf(codeFolder)).toContain('require("left-out")');
});

test('External ./node_modules/* without a package.json in CodeUri is an error that names the function', async () => {
  const building = build({ buildProperties: "EntryPoints: [src/app.ts], External: ['./node_modules/*']" });
  await expect(building).rejects.toThrow(/^Hello: External .* package\.json in CodeUri: ENOENT/);
});

test('a handler whose file keeps its place is found there, an ES module too', async () => {
  const { definition } = await build({
    buildProperties: "EntryPoints: [src/app.ts, job.ts], Format: esm, OutExtension: ['.js=.mjs']",
    files: { 'job.ts': 'export const handler = () => 1;' },
  });
  expect(definition.handler).toBe('src/app.handler');
});

test('a bundle lies in its CodeUri, from where it finds what is not bundled', async () => {
  const { folder, codeFolder } = await build({
    buildProperties: 'EntryPoints: [app.ts]',
    properties: 'CodeUri: src',
  });
  expect(codeFolder).toBe(path.join(folder, 'src/.local-lambda/Hello'));
});

test('a function without esbuild runs straight from its CodeUri', async () => {
  const { folder, codeFolder, definition } = await build({ properties: 'CodeUri: src' });
  expect(codeFolder).toBe(path.join(folder, 'src'));
  expect(definition.handler).toBe('src/app.handler');
  expect(existsSync(path.join(folder, 'src/.local-lambda'))).toBe(false);
});

test.each([
  ['there is no package.json', {}],
  ['that has no type', { 'package.json': '{}' }],
  ['there is a nearer one in CodeUri', { 'package.json': '{ "type": "module" }', 'src/package.json': '{}' }],
  ['it says nothing of the files', { 'package.json': '{ "type": "module" }' }],
])('without esbuild no copy is made where %s', async (_, files) => {
  const { folder, codeFolder } = await build({ properties: 'CodeUri: src', files: { 'src/app.mjs': '', ...files } });
  expect(codeFolder).toBe(path.join(folder, 'src'));
  expect(existsSync(path.join(folder, '.local-lambda'))).toBe(false);
});

test('a copy has what CodeUri has but its packages, to which it leads', async () => {
  const { folder, codeFolder, update } = await build({
    properties: 'CodeUri: code/hello',
    files: {
      'package.json': '{ "type": "module" }',
      'code/hello/src/app.js': 'exports.handler = async () => 1;',
      'code/hello/src/data/names.json': '[]',
      'code/hello/node_modules/greeter/index.js': '',
    },
  });
  expect(codeFolder).toBe(path.join(folder, '.local-lambda/copy-of-code~2Fhello'));
  await rm(path.join(folder, 'code/hello/src/data'), { recursive: true });
  await update([]);
  expect((await readdir(codeFolder)).sort()).toEqual(['node_modules', 'src']);
  expect(await readdir(path.join(codeFolder, 'src/data'))).toEqual([]);
  expect(await codeOf(codeFolder, 'src/app.js')).toContain('exports.handler');
  // Not a file of the packages has been removed.
  expect(await readdir(path.join(codeFolder, 'node_modules/greeter'))).toEqual(['index.js']);
});

test('what `sam build` has built runs straight from its CodeUri, though its Metadata still says how to build it', async () => {
  const { folder, codeFolder, definition } = await build({
    buildProperties: 'EntryPoints: [functions/hello/app.ts], Sourcemap: true',
    properties: "CodeUri: Hello, Environment: { Variables: { NODE_OPTIONS: ' --enable-source-maps' } }",
    files: { 'Hello/src/app.js': 'exports.handler = async () => 1;' },
  });
  expect(codeFolder).toBe(path.join(folder, 'Hello'));
  expect(definition.handler).toBe('src/app.handler');
  expect(existsSync(path.join(folder, '.local-lambda'))).toBe(false);
});

test('a handler may be in an object that the module exports', async () => {
  const files = { 'src/app.js': 'exports.orders = { handler: async () => 1 };' };
  const { definition, sources } = await build({ properties: 'Handler: src/app.orders.handler', files });
  expect(definition.handler).toBe('src/app.orders.handler');
  expect(sources.entryPoints).toEqual([expect.stringMatching(/\/src\/app$/)]);
});

test('a build error names the function and shows what esbuild says', async () => {
  const broken = build({
    buildProperties: 'EntryPoints: [src/app.ts]',
    files: { 'src/greeting.ts': 'export const greeting = ;\n' },
  });
  await expect(broken).rejects.toThrow(
    /^Hello: esbuild could not bundle it\. Build failed with 1 error:\nsrc\/greeting\.ts:1:24: ERROR: Unexpected ";"/,
  );
});

test.each([
  ['nowhere', /^Hello: expected CodeUri to name a folder, but there is no .*nowhere\.$/],
  ['template.yaml', /^Hello: expected CodeUri to name a folder, but .*template\.yaml is none\.$/],
])('a CodeUri that is no folder is named: %s', async (codeUri, message) => {
  await expect(build({ properties: `CodeUri: ${codeUri}` })).rejects.toThrow(message);
});
