import { build, type OutputFile } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { looseObject, optional, parse } from 'valibot';
import type { FunctionDefinition } from '../template/definition';
import type { BuildProperties } from '../template/build-properties';
import { reasonOf, UserError } from '../user-error';
import type { BuiltFunction, BundleOptions } from './built-function';
import { replaceFolder } from './replace-folder';

/** Bundles a function into `codeFolder`, as `sam build` would. */
export async function bundleFunction(
  declared: FunctionDefinition,
  { properties, codeFolder }: { properties: BuildProperties; codeFolder: string },
): Promise<BuiltFunction> {
  const options = await bundleOptions(declared, { properties, codeFolder });
  await writeBundle(codeFolder, await bundle(declared.logicalId, options));
  const definition = {
    ...declared,
    handler: bundledHandler(declared.handler, codeFolder),
    environment: withSourceMapOption(declared.environment, options),
  };
  return { definition, codeFolder, sources: options, update: (files) => writeBundle(codeFolder, files) };
}

/** esbuild cannot bundle a function from its sources as they are. */
export class BundleError extends UserError {
  readonly sources: BundleOptions;

  constructor(message: string, { sources, cause }: { sources: BundleOptions; cause: unknown }) {
    super(message, { cause });
    this.sources = sources;
  }
}

/** Where Lambda's runtime client looks for the module of a handler. */
export const moduleExtensions: readonly string[] = ['.js', '.mjs', '.cjs'];

/**
 * The handler's file without its extension: `src/app` of `src/app.handler`, and of `src/app.orders.handler` too (aws-lambda-ric
 * 4.0.2, src/utils/handler-path.ts).
 */
export const handlerModule = (handler: string): string => handler.replace(/^(.*\/)?([^./]*)\..*$/, '$1$2');

/** What esbuild is to do. It writes nothing itself. */
async function bundleOptions(
  { logicalId, codeUri, environment }: FunctionDefinition,
  { properties, codeFolder }: { properties: BuildProperties; codeFolder: string },
): Promise<BundleOptions> {
  return {
    // As in `sam build`, source maps and the Node.js option that reads them come together, whichever is asked for.
    ...(readsSourceMaps(environment) ? { sourcemap: true } : {}),
    ...properties,
    // Absolute, or esbuild would take an entry point without extension for a package.
    entryPoints: properties.entryPoints.map((entry) => path.resolve(codeUri, entry)),
    external: await externalModules(properties.external ?? [], { logicalId, codeUri }),
    absWorkingDir: codeUri,
    bundle: true,
    platform: 'node',
    outdir: codeFolder,
    write: false,
    logLevel: 'silent',
  };
}

const readsSourceMaps = (environment: Readonly<Record<string, string>>): boolean =>
  nodeOptions(environment).includes(sourceMapOption);

const nodeOptions = (environment: Readonly<Record<string, string>>): string[] =>
  (environment['NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);

const sourceMapOption = '--enable-source-maps';

/** SAM reads './node_modules/*' as the dependencies of package.json. */
async function externalModules(
  external: readonly string[],
  { logicalId, codeUri }: { logicalId: string; codeUri: string },
): Promise<string[]> {
  if (!external.includes(everyDependency)) return [...external];
  try {
    const manifest = await readFile(path.join(codeUri, 'package.json'), 'utf8');
    return Object.keys(parse(Manifest, JSON.parse(manifest)).dependencies ?? {});
  } catch (cause) {
    const message = `${logicalId}: External ${everyDependency} stands for the dependencies of package.json in CodeUri`;
    throw new UserError(`${message}: ${reasonOf(cause)}`, { cause });
  }
}

const everyDependency = './node_modules/*';

const Manifest = looseObject({ dependencies: optional(looseObject({})) });

async function bundle(logicalId: string, sources: BundleOptions): Promise<OutputFile[]> {
  try {
    const { outputFiles } = await build(sources);
    return outputFiles;
  } catch (cause) {
    throw new BundleError(`${logicalId}: esbuild could not bundle it. ${reasonOf(cause)}`, { sources, cause });
  }
}

async function writeBundle(codeFolder: string, files: readonly OutputFile[]): Promise<void> {
  await replaceFolder(
    codeFolder,
    files.map(({ path: file, contents }) => ({
      name: path.relative(codeFolder, file),
      writeTo: (staged) => writeFile(staged, contents),
    })),
  );
}

/** esbuild writes `src/app.ts` to `app.js`; as SAM does, a handler `src/app.handler` then becomes `app.handler`. */
function bundledHandler(handler: string, codeFolder: string): string {
  const file = path.join(codeFolder, handlerModule(handler));
  const isInPlace = moduleExtensions.some((extension) => existsSync(file + extension));
  return isInPlace ? handler : path.posix.basename(handler);
}

/** The function's variables, with the option that makes Node.js read the source maps where some are built. */
function withSourceMapOption(
  environment: Readonly<Record<string, string>>,
  { sourcemap }: BundleOptions,
): Readonly<Record<string, string>> {
  if (!sourcemap || readsSourceMaps(environment)) return environment;
  return { ...environment, NODE_OPTIONS: [...nodeOptions(environment), sourceMapOption].join(' ') };
}
