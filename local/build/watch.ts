import { context, formatMessages, type BuildResult, type OutputFile, type Plugin } from 'esbuild';
import type { BuiltFunction, BundleOptions } from './built-function';
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
  return await watchSources(built.sources, (result) => watched.take(result));
}

export interface WatchBrokenOptions {
  /** It can be built now; may be called again. */
  readonly onBuilt: () => void;
  /** What was saved last cannot be built either. */
  readonly onBuildError: (message: string) => void;
}

/** Follows the sources of a function that cannot be built. */
export async function watchBroken(
  sources: BundleOptions,
  { onBuilt, onBuildError }: WatchBrokenOptions,
): Promise<{ close(): Promise<void> }> {
  let isFirst = true;
  return await watchSources(sources, async ({ errors }) => {
    if (errors.length === 0) onBuilt();
    // Why it cannot be built to begin with is known.
    else if (!isFirst) onBuildError(await messageOf(errors));
    isFirst = false;
  });
}

/** @param onBuild called after each build, the first one at once: with what it gave, or with its errors */
async function watchSources(
  sources: BundleOptions,
  onBuild: (result: BuildResult) => void | Promise<void>,
): Promise<{ close(): Promise<void> }> {
  let onFirstBuild = (): void => undefined;
  const firstBuild = new Promise<void>((resolve) => {
    onFirstBuild = resolve;
  });
  const onEnd = async (result: BuildResult): Promise<void> => {
    await onBuild(result);
    onFirstBuild();
  };
  const plugin: Plugin = {
    name: 'watch',
    setup: (build) => {
      build.onEnd(onEnd);
    },
  };
  const watching = await context({ ...sources, plugins: [plugin] });
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
        this.#options.onBuildError(await messageOf(errors), previous === undefined);
      } else if (this.#fingerprint !== previous) {
        await this.#built.update(outputFiles);
        if (previous !== undefined) this.#options.onChange();
      }
    } catch (error) {
      this.#options.onBuildError(reasonOf(error), previous === undefined);
    }
  }
}

const messageOf = async (errors: BuildResult['errors']): Promise<string> =>
  (await formatMessages(errors, { kind: 'error' })).join('\n').trim();

const fingerprintOf = (files: readonly OutputFile[]): string =>
  files.map(({ path: file, hash }) => `${file} ${hash}`).join('\n');
