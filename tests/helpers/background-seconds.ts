import { join } from 'node:path';
import { folderWith } from './folder-with';

/** A file for `--env-vars` that has the sample work for so many seconds after its answer. Removed when the tests are over. */
export async function backgroundSeconds(seconds: number): Promise<string> {
  const variables = { BackgroundTasks: { BACKGROUND_SECONDS: String(seconds) } };
  return join(await folderWith({ 'env.json': JSON.stringify(variables) }), 'env.json');
}
