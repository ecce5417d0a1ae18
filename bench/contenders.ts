import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function that is measured. */
export interface Contender {
  /** As the tables call it. */
  readonly name: string;
  /** File in bench/handlers, with its extension. */
  readonly file: string;
}

export const bare: Contender = { name: 'bare streamifyResponse', file: 'bare.ts' };
export const ours: Contender = { name: 'Background Tasks', file: 'background-tasks.ts' };
export const empty: Contender = { name: 'empty module', file: 'empty.ts' };
export const manyTasks: Contender = { name: 'many tasks', file: 'many-tasks.ts' };

/** All do the same work: decode {"message"} from a Function URL event, answer {"echoedMessage"} as JSON. */
export const contenders: readonly Contender[] = [
  bare,
  ours,
  { name: 'hono', file: 'hono.mjs' },
  { name: 'middy', file: 'middy.mjs' },
  { name: 'Powertools event handler', file: 'powertools.mjs' },
];

/** The exact versions of what is measured beside us, by package name. */
export function peerVersions(): Readonly<Record<string, string>> {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) {
    throw new Error('Expected bench/package.json to have dependencies');
  }
  return Object.fromEntries(Object.entries(manifest.dependencies ?? {}));
}
