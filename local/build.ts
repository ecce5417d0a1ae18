import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFolder } from './replace-folder';
import type { FunctionDefinition } from './template';
import type { BuildProperties } from './template/build-properties';
import { reasonOf, UserError } from './user-error';

export interface BuiltFunction {
  /** The definition with what building changes of it: the handler's path and NODE_OPTIONS. */
  readonly definition: FunctionDefinition;
  /** Absolute path of what the function finds under LAMBDA_TASK_ROOT. */
  readonly codeFolder: string;
}

/**
 * Bundles a function into `<outputRoot>/<LogicalId>` as `sam build` would; one without esbuild, or that `sam build` has
 * built already, runs from its CodeUri.
 */
export async function buildFunction(declared: FunctionDefinition, outputRoot: string): Promise<BuiltFunction> {
  const { logicalId, codeUri } = declared;
  if (!existsSync(codeUri)) {
    throw new UserError(`${logicalId}: expected CodeUri to name a folder, but there is no ${codeUri}.`);
  }
  if (!declared.build || isBuilt(declared, declared.build)) return { definition: declared, codeFolder: codeUri };

  const { properties, environment } = withSourceMaps(declared.build, declared.environment);
  const codeFolder = path.join(outputRoot, logicalId);
  await replaceFolder(codeFolder, async (folder) => {
    await bundle(properties, declared, folder);
  });
  const handler = bundledHandler(declared.handler, codeFolder);
  return { definition: { ...declared, handler, environment }, codeFolder };
}

/** The template that `sam build` writes keeps the Metadata: its CodeUri has the handler's module, but no sources. */
function isBuilt({ handler, codeUri }: FunctionDefinition, { entryPoints }: BuildProperties): boolean {
  const module = handler.replace(/\.[^./]*$/, '');
  return (
    moduleExists(path.join(codeUri, module), ['.js', '.mjs', '.cjs']) &&
    !entryPoints.some((entry) => moduleExists(path.join(codeUri, entry), ['', '.ts', '.tsx', '.js', '.jsx']))
  );
}

function moduleExists(file: string, extensions: readonly string[]): boolean {
  return extensions.some((extension) => existsSync(file + extension));
}

/** As in `sam build`, source maps and the Node.js option that reads them come together, whichever is asked for. */
function withSourceMaps(properties: BuildProperties, environment: Readonly<Record<string, string>>) {
  const option = '--enable-source-maps';
  const options = (environment['NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
  if (options.includes(option)) return { properties: { sourcemap: true, ...properties }, environment };
  if (!properties.sourcemap) return { properties, environment };
  return { properties, environment: { ...environment, NODE_OPTIONS: [...options, option].join(' ') } };
}

async function bundle(properties: BuildProperties, { logicalId, codeUri }: FunctionDefinition, outdir: string) {
  try {
    await build({
      ...properties,
      // Absolute, or esbuild would take an entry point without extension for a package.
      entryPoints: properties.entryPoints.map((entry) => path.resolve(codeUri, entry)),
      external: await externalModules(properties.external ?? [], codeUri),
      absWorkingDir: codeUri,
      bundle: true,
      platform: 'node',
      outdir,
      logLevel: 'silent',
    });
  } catch (cause) {
    throw new UserError(`${logicalId}: esbuild could not bundle it. ${reasonOf(cause)}`, { cause });
  }
}

/** SAM reads './node_modules/*' as the dependencies of package.json. */
async function externalModules(external: readonly string[], codeUri: string): Promise<string[]> {
  if (!external.includes('./node_modules/*')) return [...external];
  const manifest: unknown = JSON.parse(await readFile(path.join(codeUri, 'package.json'), 'utf8'));
  const hasDependencies = typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest;
  return hasDependencies ? Object.keys(manifest.dependencies ?? {}) : [];
}

/** esbuild writes `src/app.ts` to `app.js`; as SAM does, a handler `src/app.handler` then becomes `app.handler`. */
function bundledHandler(handler: string, codeFolder: string): string {
  const file = handler.replace(/\.[^./]*$/, '.js');
  return existsSync(path.join(codeFolder, file)) ? handler : path.posix.basename(handler);
}
