import { context, formatMessages, type BuildResult, type OutputFile, type Plugin } from 'esbuild';
import path from 'node:path';
import { handlerModule, moduleExtensions, writeBundle, type BuiltFunction } from './build';
import type { BundleOptions } from './bundle-options';
import { reasonOf } from '../user-error';

export interface WatchOptions {
  /** New code is in place. */
  readonly onChange: () => void;
  /** What was saved last cannot be built; the code is still that of the last good build. */
  readonly onBuildError: (message: string) => void;
}

/**
 * Builds a function anew whenever one of its sources changes. One that runs straight from its CodeUri is watched in the
 * same way: esbuild follows what its module imports, and writes nothing. Resolves once everything is being watched.
 */
export async function watchFunction(built: BuiltFunction, options: WatchOptions): Promise<{ close(): Promise<void> }> {
  const watched = new WatchedBuild(built, options);
  const { codeFolder, definition, bundling } = built;
  const source = bundling ?? importsOf(definition.handler, codeFolder);
  let onFirstBuild = (): void => undefined;
  const firstBuild = new Promise<void>((resolve) => {
    onFirstBuild = resolve;
  });
  const onEnd = async (result: BuildResult): Promise<void> => {
    await watched.take(result);
    onFirstBuild();
  };
  const plugin: Plugin = {
    name: 'watch',
    setup: (build) => {
      build.onEnd(onEnd);
    },
  };
  const watching = await context({ ...source, plugins: [plugin] });
  await watching.watch();
  await firstBuild;
  return { close: () => watching.dispose() };
}

class WatchedBuild {
  readonly #built: BuiltFunction;
  readonly #options: WatchOptions;
  /** Tells one build from another; undefined before the first, which is the one that the function is started with. */
  #fingerprint: string | undefined;

  constructor(built: BuiltFunction, options: WatchOptions) {
    this.#built = built;
    this.#options = options;
  }

  async take({ errors, outputFiles = [] }: BuildResult): Promise<void> {
    const previous = this.#fingerprint;
    this.#fingerprint = errors.length > 0 ? 'failed' : fingerprintOf(outputFiles);
    try {
      if (errors.length > 0) {
        this.#options.onBuildError((await formatMessages(errors, { kind: 'error' })).join('\n').trim());
      } else if (this.#fingerprint !== previous) {
        if (this.#built.bundling) await writeBundle(this.#built.codeFolder, outputFiles);
        if (previous !== undefined) this.#options.onChange();
      }
    } catch (error) {
      this.#options.onBuildError(reasonOf(error));
    }
  }
}

const fingerprintOf = (files: readonly OutputFile[]): string =>
  files.map(({ path: file, hash }) => `${file} ${hash}`).join('\n');

/** A bundle that nobody runs: esbuild follows the files that it is made of. */
const importsOf = (handler: string, codeFolder: string): BundleOptions => ({
  entryPoints: [path.join(codeFolder, handlerModule(handler))],
  resolveExtensions: [...moduleExtensions, '.json'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  loader: { '.node': 'empty' },
  // Holds the sources, so that every change of a source changes the bundle.
  sourcemap: 'external',
  outdir: codeFolder,
  write: false,
  logLevel: 'silent',
});
