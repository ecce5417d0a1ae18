import { unwatchFile, watchFile, type StatsListener } from 'node:fs';
import path from 'node:path';
import type { BrokenFunction, LoadedFunction } from './load-functions';
import { watchBroken, watchFunction } from './build/watch';
import { reasonOf } from './user-error';

export interface Followed {
  readonly functions: readonly LoadedFunction[];
  /** They are loaded as soon as they can be built. */
  readonly broken: readonly BrokenFunction[];
  /** A broken function has been loaded after all. */
  readonly onLoaded: (loaded: LoadedFunction) => void;
  /** What is read at the start only. */
  readonly files: readonly string[];
}

export interface ChangeReports {
  readonly onNotice?: ((message: string) => void) | undefined;
  readonly onWarning?: ((message: string) => void) | undefined;
}

interface Watcher {
  close(): Promise<void>;
}

/** Keeps functions on their newest code, and says when a file has changed that is read at the start only. */
export async function followChanges(
  { functions, broken, onLoaded, files }: Followed,
  reports: ChangeReports,
): Promise<Watcher> {
  const watchers = await Promise.all([
    ...functions.map((loaded) => followCode(loaded, reports)),
    ...broken.map((one) => followBroken(one, onLoaded, reports)),
  ]);
  const stopFollowing = files.map((file) => followFile(file, reports));
  return {
    close: async () => {
      for (const stop of stopFollowing) stop();
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

/** Loads it as soon as it can be built, and follows it from then on as any other. */
async function followBroken(
  { logicalId, sources, load }: BrokenFunction,
  onLoaded: Followed['onLoaded'],
  { onNotice, onWarning }: ChangeReports,
): Promise<Watcher> {
  let followed: Promise<Watcher | undefined> = Promise.resolve(undefined);
  const onBuildError = (message: string): void => {
    onWarning?.(`${logicalId} still cannot run.\n${message}`);
  };
  const tryToLoad = async (before: typeof followed): Promise<Watcher | undefined> => {
    if (await before) return before;
    try {
      const loaded = await load();
      onLoaded(loaded);
      await (await watching).close();
      onNotice?.(`${logicalId} can be built now, and runs.`);
      return await followCode(loaded, { onNotice, onWarning });
    } catch (error) {
      // It has been broken again meanwhile.
      onBuildError(reasonOf(error));
      return undefined;
    }
  };
  const onBuilt = (): void => {
    followed = tryToLoad(followed);
  };
  const watching = watchBroken(sources, { onBuilt, onBuildError });
  const watcher = await watching;
  return {
    close: async () => {
      await watcher.close();
      await (await followed)?.close();
    },
  };
}

function followCode({ pool, built }: LoadedFunction, { onNotice, onWarning }: ChangeReports) {
  const { logicalId, codeUri } = built.definition;
  const runsAsItIs = built.codeFolder === codeUri;
  return watchFunction(built, {
    onChange: () => {
      pool.replaceEnvironments();
      onNotice?.(`${logicalId} has changed: the next invocation runs the new code.`);
    },
    onBuildError: (message, isFirst) => {
      const what =
        isFirst || runsAsItIs
          ? 'cannot be read as it is, so that its next environment will fail'
          : 'cannot be built, so its last good build goes on serving';
      onWarning?.(`${logicalId} ${what}.\n${message}`);
    },
  });
}

/** Polls, since editors and git replace files rather than write to them, and that ends most watchers. */
function followFile(file: string, { onWarning }: ChangeReports): () => void {
  const listener: StatsListener = (now, before) => {
    if (now.mtimeMs !== before.mtimeMs)
      onWarning?.(`${path.basename(file)} has changed: start again to have it apply.`);
  };
  watchFile(file, { interval: 500, persistent: false }, listener);
  return () => {
    unwatchFile(file, listener);
  };
}
