import { unwatchFile, watchFile, type StatsListener } from 'node:fs';
import path from 'node:path';
import type { LoadedFunction } from './load-functions';
import { watchFunction } from './build/watch';

export interface ChangeReports {
  readonly onNotice?: (message: string) => void;
  readonly onWarning?: (message: string) => void;
}

/** Keeps functions on their newest code, and says when a file has changed that is read at the start only. */
export async function followChanges(
  { functions, files }: { functions: readonly LoadedFunction[]; files: readonly string[] },
  reports: ChangeReports,
): Promise<{ close(): Promise<void> }> {
  const watchers = await Promise.all(functions.map((loaded) => followCode(loaded, reports)));
  const stopFollowing = files.map((file) => followFile(file, reports));
  return {
    close: async () => {
      for (const stop of stopFollowing) stop();
      await Promise.all(watchers.map((watcher) => watcher.close()));
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
