import type { BuildOptions } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { looseObject, optional, parse } from 'valibot';
import { reasonOf, UserError } from '../user-error';
import type { FunctionDefinition } from '../template/definition';
import type { BuildProperties } from '../template/build-properties';

export type BundleOptions = BuildOptions & { readonly write: false };

/** What esbuild is to do for a function whose bundle goes to `codeFolder`. It writes nothing itself. */
export async function bundleOptions(
  { codeUri, environment }: FunctionDefinition,
  { properties, codeFolder }: { properties: BuildProperties; codeFolder: string },
): Promise<BundleOptions> {
  return {
    // As in `sam build`, source maps and the Node.js option that reads them come together, whichever is asked for.
    ...(readsSourceMaps(environment) ? { sourcemap: true } : {}),
    ...properties,
    // Absolute, or esbuild would take an entry point without extension for a package.
    entryPoints: properties.entryPoints.map((entry) => path.resolve(codeUri, entry)),
    external: await externalModules(properties.external ?? [], codeUri),
    absWorkingDir: codeUri,
    bundle: true,
    platform: 'node',
    outdir: codeFolder,
    write: false,
    logLevel: 'silent',
  };
}

/** The function's environment, with the option that makes Node.js read the source maps where some are built. */
export function withSourceMapOption(
  environment: Readonly<Record<string, string>>,
  { sourcemap }: BundleOptions,
): Readonly<Record<string, string>> {
  if (!sourcemap || readsSourceMaps(environment)) return environment;
  return { ...environment, NODE_OPTIONS: [...nodeOptions(environment), sourceMapOption].join(' ') };
}

const sourceMapOption = '--enable-source-maps';

const readsSourceMaps = (environment: Readonly<Record<string, string>>): boolean =>
  nodeOptions(environment).includes(sourceMapOption);

const nodeOptions = (environment: Readonly<Record<string, string>>): string[] =>
  (environment['NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);

/** SAM reads './node_modules/*' as the dependencies of package.json. */
async function externalModules(external: readonly string[], codeUri: string): Promise<string[]> {
  if (!external.includes('./node_modules/*')) return [...external];
  const file = path.join(codeUri, 'package.json');
  try {
    return Object.keys(parse(Manifest, JSON.parse(await readFile(file, 'utf8'))).dependencies ?? {});
  } catch (cause) {
    throw new UserError(`Expected ${file}, whose dependencies External asks for, to be JSON: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

const Manifest = looseObject({ dependencies: optional(looseObject({})) });
