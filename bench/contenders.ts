import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function that is measured. */
export interface Contender {
  /** As the tables call it. */
  readonly name: string;
  /** File in bench/handlers, with its extension. */
  readonly file: string;
  readonly role: 'bare' | 'ours' | 'peer';
  /** Its variables, besides those of Lambda. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where it is bundled with others than those of the template. */
  readonly mainFields?: string[];
}

export const bare: Contender = { name: 'bare streamifyResponse', file: 'bare.ts', role: 'bare' };
export const ours: Contender = { name: 'Background Tasks', file: 'background-tasks.ts', role: 'ours' };
export const empty: Contender = { name: 'empty handler', file: 'empty.ts', role: 'bare' };
export const manyTasks: Contender = { name: 'many tasks', file: 'many-tasks.ts', role: 'ours' };
export const plain: Contender = { name: 'plain handler', file: 'plain.ts', role: 'peer' };

/** All do the same work: decode {"message"} from a Function URL event, answer {"echoedMessage"} as JSON. */
export const contenders: readonly Contender[] = [
  bare,
  ours,
  { name: 'with queued tasks', file: 'queued-tasks.ts', role: 'ours' },
  { name: 'LambdaHandlerAdapter', file: 'handler-adapter.ts', role: 'ours' },
  { name: 'middy', file: 'middy.mjs', role: 'peer' },
  { name: 'hono on LambdaFetchAdapter', file: 'fetch-adapter.mjs', role: 'ours' },
  { name: 'hono on its streamHandle', file: 'hono.mjs', role: 'peer' },
  { name: 'Powertools event handler', file: 'powertools.mjs', role: 'peer' },
];

/** A large body that is sent in parts, by functions with 3 MB of data and by such that have nothing else in memory. */
export const streamed: readonly Contender[] = [40_000, 0].flatMap((items) => {
  const [variables, besides] = [{ ITEMS: String(items) }, items === 0 ? 'nothing else' : 'data'];
  return [
    { name: `bare pipeline, ${besides}`, file: 'stream/pipeline.ts', role: 'bare', variables },
    { name: `LambdaFetchAdapter, ${besides}`, file: 'stream/fetch.ts', role: 'ours', variables },
  ] as const;
});

/** The function of this project as it is deployed: it logs at DEBUG before it answers. */
export const samples: readonly Contender[] = ['info', 'debug'].map((level) => ({
  name: `the sample, LOG_LEVEL=${level}`,
  file: '../../functions/background-tasks/app.ts',
  role: 'ours',
  variables: { LOG_LEVEL: level, BACKGROUND_SECONDS: '0' },
}));

/** What each part of the library adds to a bundle: all of it, with no schema library and no framework. */
export const alone: readonly Contender[] = [
  { name: 'LambdaCodableAdapter', file: 'bundle-size/codable.ts', role: 'ours' },
  { name: 'LambdaFetchAdapter', file: 'bundle-size/fetch.ts', role: 'ours' },
  { name: 'LambdaHandlerAdapter', file: 'bundle-size/handler.ts', role: 'ours' },
  { name: 'LambdaCodableAdapter and defineTask', file: 'bundle-size/queue.ts', role: 'ours' },
];

/** The exact versions of what is measured beside us, by package name. */
export function peerVersions(): Readonly<Record<string, string>> {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) {
    throw new Error('Expected bench/package.json to have dependencies');
  }
  const { dependencies } = manifest;
  const tools = 'devDependencies' in manifest ? manifest.devDependencies : {};
  return Object.fromEntries([...Object.entries(dependencies ?? {}), ...Object.entries(tools ?? {})]);
}
