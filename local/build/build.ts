import { build, type OutputFile } from 'esbuild';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleOptions, withSourceMapOption, type BundleOptions } from './bundle-options';
import { replaceFolder } from './replace-folder';
import type { FunctionDefinition } from '../template/definition';
import type { BuildProperties } from '../template/build-properties';
import { reasonOf, UserError } from '../user-error';

export interface BuiltFunction {
  /** As it is after the build, which may change the handler's path and NODE_OPTIONS. */
  readonly definition: FunctionDefinition;
  /** Absolute path of what the function finds under LAMBDA_TASK_ROOT. */
  readonly codeFolder: string;
  /** How it is bundled; undefined for a function that runs straight from its CodeUri. */
  readonly bundling: BundleOptions | undefined;
}

/**
 * Bundles a function into `<outputRoot>/<LogicalId>` as `sam build` would; one without esbuild, or that `sam build` has
 * built already, runs from its CodeUri.
 */
export async function buildFunction(declared: FunctionDefinition, outputRoot: string): Promise<BuiltFunction> {
  const { logicalId, codeUri, build: properties } = declared;
  if (!existsSync(codeUri)) {
    throw new UserError(`${logicalId}: expected CodeUri to name a folder, but there is no ${codeUri}.`);
  }
  if (!properties || isBuilt(declared, properties)) {
    return { definition: declared, codeFolder: codeUri, bundling: undefined };
  }
  const codeFolder = path.join(outputRoot, logicalId);
  const bundling = await bundleOptions(declared, { properties, codeFolder });
  await writeBundle(codeFolder, await bundle(logicalId, bundling));
  const definition = {
    ...declared,
    handler: bundledHandler(declared.handler, codeFolder),
    environment: withSourceMapOption(declared.environment, bundling),
  };
  return { definition, codeFolder, bundling };
}

/** Replaces what the function finds under LAMBDA_TASK_ROOT. */
export async function writeBundle(codeFolder: string, files: readonly OutputFile[]): Promise<void> {
  await replaceFolder(
    codeFolder,
    files.map((file) => ({ name: path.relative(codeFolder, file.path), contents: file.contents })),
  );
}

/** Where Lambda's runtime client looks for the module of a handler. */
export const moduleExtensions: readonly string[] = ['.js', '.mjs', '.cjs'];

/** The handler's file without its extension: `src/app` of `src/app.handler`. */
export const handlerModule = (handler: string): string => handler.replace(/\.[^./]*$/, '');

/** `sam build` keeps the Metadata in the template that it writes, but CodeUri has the handler's module and no sources. */
function isBuilt({ handler, codeUri }: FunctionDefinition, { entryPoints }: BuildProperties): boolean {
  return (
    exists(path.join(codeUri, handlerModule(handler)), moduleExtensions) &&
    !entryPoints.some((entry) => exists(path.join(codeUri, entry), ['', '.ts', '.tsx', '.js', '.jsx']))
  );
}

const exists = (file: string, extensions: readonly string[]): boolean =>
  extensions.some((extension) => existsSync(file + extension));

async function bundle(logicalId: string, options: BundleOptions): Promise<OutputFile[]> {
  try {
    const { outputFiles } = await build(options);
    return outputFiles;
  } catch (cause) {
    throw new UserError(`${logicalId}: esbuild could not bundle it. ${reasonOf(cause)}`, { cause });
  }
}

/** esbuild writes `src/app.ts` to `app.js`; as SAM does, a handler `src/app.handler` then becomes `app.handler`. */
function bundledHandler(handler: string, codeFolder: string): string {
  const isInPlace = existsSync(path.join(codeFolder, `${handlerModule(handler)}.js`));
  return isInPlace ? handler : path.posix.basename(handler);
}
