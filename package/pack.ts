import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { bundleClient } from '../local/page/server/assets';
import { bundleSigner } from './bundle-signer';
import { entryPoints, manifest } from './manifest';

const project = path.join(__dirname, '..');
const dist = path.join(project, 'dist');

/**
 * `npm run pack`: builds the npm package in `dist` and packs it into `background-tasks-<version>.tgz`. `dist` is the
 * package's root, with a package.json of its own: what only development needs is not in it (docs/decisions/0010).
 */
async function pack(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  compile('tsconfig.build.json');
  // For bundlers: they leave out what a function does not use, which they can do with ES modules only.
  compile(
    'tsconfig.build.json',
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
    '--outDir',
    'dist/esm',
    '--declaration',
    'false',
  );
  for (const room of ['local', 'testing']) await rm(path.join(dist, 'esm', room), { recursive: true });
  // Without `type`: under the `commonjs` of the package's own webpack would take them for no ES modules.
  await writeFile(path.join(dist, 'esm/package.json'), `${JSON.stringify({ sideEffects: false })}\n`);
  await bundleSigner(project, dist);
  for (const { file } of entryPoints) await writeFacade(file);
  await copyAssets();
  await writeFile(path.join(dist, 'package.json'), `${JSON.stringify(await manifest(project), undefined, 2)}\n`);
  process.stdout.write(run('npm', 'pack', './dist', '--silent'));
}

function compile(config: string, ...options: readonly string[]): void {
  run(process.execPath, require.resolve('typescript/bin/tsc'), '--project', config, ...options);
}

/**
 * An ES module that passes on what the CommonJS one of the same name exports. So whoever imports the package and whoever
 * requires it share one copy, with one invocation in it.
 */
async function writeFacade(file: string): Promise<void> {
  const source = await readFile(path.join(project, `${file}.ts`), 'utf8');
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, removeComments: true };
  const { outputText } = transpileModule(source, { compilerOptions });
  await writeFile(path.join(dist, `${file}.mjs`), withExtensions(outputText));
  const types = await readFile(path.join(dist, `${file}.d.ts`), 'utf8');
  await writeFile(path.join(dist, `${file}.d.mts`), withExtensions(types));
}

/** Node.js looks for no extension when it imports. */
function withExtensions(code: string): string {
  return code.replace(/from (['"])(\.[^'"]+)\1/g, "from '$2.js'").replace(/^\/\/# sourceMappingURL.*$/m, '');
}

async function copyAssets(): Promise<void> {
  for (const preloaded of ['rapid-client.cjs', 'aws-sdk.cjs']) {
    const file = path.join('local/environment/process', preloaded);
    await cp(path.join(project, file), path.join(dist, file));
  }
  const client = 'local/page/client';
  await mkdir(path.join(dist, client));
  for (const file of ['index.html', 'page.css', 'icon.svg']) {
    await cp(path.join(project, client, file), path.join(dist, client, file));
  }
  await writeFile(path.join(dist, client, 'page.js'), await bundleClient());
  // What is bundled into the page comes with its licence.
  for (const [name, file] of [
    ['preact', 'LICENSE'],
    ['valibot', 'LICENSE.md'],
  ] as const) {
    await cp(path.join(project, 'node_modules', name, file), path.join(dist, client, `LICENSE-${name}`));
  }
  // With the pages and pictures that the README leads to.
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', 'docs'])
    await cp(path.join(project, file), path.join(dist, file), { recursive: true });
  // The package of the runtime client compiles an addon when it is installed; its JavaScript is all that is used here.
  const runtimeClient = path.dirname(require.resolve('aws-lambda-ric'));
  await mkdir(path.join(dist, 'aws-lambda-ric'));
  for (const file of ['index.mjs', 'LICENSE', 'NOTICE', 'THIRD-PARTY-LICENSES']) {
    await cp(path.join(runtimeClient, file), path.join(dist, 'aws-lambda-ric', file));
  }
}

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

pack().catch((error: unknown) => {
  process.exitCode = 1;
  throw error;
});
