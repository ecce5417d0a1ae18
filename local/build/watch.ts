import { context, formatMessages, type BuildResult, type OutputFile, type Plugin } from 'esbuild';
import type { BuiltFunction } from './built-function';
import { reasonOf } from '../user-error';

export interface WatchOptions {
  /** New code is in place. */
  readonly onChange: () => void;
  /** What was saved last cannot be built; the code is still that of the last good build, where there has been one. */
  readonly onBuildError: (message: string, isFirst: boolean) => void;
}

/**
 * Builds a function anew whenever one of its sources changes. One that runs straight from its CodeUri is watched in the
 * same way: esbuild follows what its module imports. Resolves once everything is being watched.
 */
export async function watchFunction(built: BuiltFunction, options: WatchOptions): Promise<{ close(): Promise<void> }> {
  const watched = new WatchedBuild(built, options);
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
  const watching = await context({ ...built.sources, plugins: [plugin] });
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
        const message = (await formatMessages(errors, { kind: 'error' })).join('\n').trim();
        this.#options.onBuildError(message, previous === undefined);
      } else if (this.#fingerprint !== previous) {
        await this.#built.update(outputFiles);
        if (previous !== undefined) this.#options.onChange();
      }
    } catch (error) {
      this.#options.onBuildError(reasonOf(error), previous === undefined);
    }
  }
}

const fingerprintOf = (files: readonly OutputFile[]): string =>
  files.map(({ path: file, hash }) => `${file} ${hash}`).join('\n');
