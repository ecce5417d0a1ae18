import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BuildProperties } from '../template/build-properties';
import type { FunctionDefinition } from '../template/definition';
import { UserError } from '../user-error';
import type { BuiltFunction, BundleOptions } from './built-function';
import { bundleFunction, handlerModule, moduleExtensions } from './bundle';
import { copyAsDeployed } from './deployed-copy';

/**
 * Bundles a function into `<outputRoot>/<LogicalId>` as `sam build` would. One without esbuild, or that `sam build` has
 * built already, runs from its CodeUri, or from a copy of it, see deployed-copy.ts.
 *
 * @param outputRoot by default in CodeUri: from there Node.js finds what is not bundled as it does from the sources
 */
export async function buildFunction(
  declared: FunctionDefinition,
  outputRoot: string = path.join(declared.codeUri, '.local-lambda'),
): Promise<BuiltFunction> {
  const { logicalId, codeUri, build: properties } = declared;
  const stats = statSync(codeUri, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    const found = stats ? `${codeUri} is none` : `there is no ${codeUri}`;
    throw new UserError(`${logicalId}: expected CodeUri to name a folder, but ${found}.`);
  }
  if (properties && !isBuilt(declared, properties)) {
    return bundleFunction(declared, { properties, codeFolder: path.join(outputRoot, logicalId) });
  }
  const copy = await copyAsDeployed(codeUri);
  return {
    definition: declared,
    codeFolder: copy?.folder ?? codeUri,
    sources: importsOf(declared),
    update: async () => copy?.update(),
  };
}

/** `sam build` keeps the Metadata in the template that it writes, but CodeUri has the handler's module and no sources. */
function isBuilt({ handler, codeUri }: FunctionDefinition, { entryPoints }: BuildProperties): boolean {
  return (
    exists(path.join(codeUri, handlerModule(handler)), moduleExtensions) &&
    !entryPoints.some((entry) => exists(path.join(codeUri, entry), ['', '.ts', '.tsx', '.js', '.jsx']))
  );
}

const exists = (file: string, extensions: readonly string[]): boolean =>
  extensions.some((extension) => existsSync(file + extension));

/** A bundle that nobody runs: esbuild follows the files that it is made of. */
const importsOf = ({ handler, codeUri }: FunctionDefinition): BundleOptions => ({
  entryPoints: [path.join(codeUri, handlerModule(handler))],
  resolveExtensions: [...moduleExtensions, '.json'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  loader: { '.node': 'empty' },
  // Holds the sources, so that every change of a source changes the bundle.
  sourcemap: 'external',
  outdir: codeUri,
  write: false,
  logLevel: 'silent',
});
