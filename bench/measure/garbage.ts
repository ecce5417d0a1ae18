import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/check-answer';
import { Environment } from '../runtime/environment';

export interface GarbageSize {
  readonly warmUp: number;
  readonly invocations: number;
}

/** What an invocation leaves to V8's garbage collector, in bytes. */
export interface Garbage {
  readonly allocated: number;
  /** What young collections found still in use, though the invocation was over: only a full one gets rid of it. */
  readonly promoted: number;
}

/** Runs one process with V8's trace of its collections, which says how much each of them found. */
export async function measureGarbage(bundle: Bundle, { warmUp, invocations }: GarbageSize): Promise<Garbage> {
  const environment = await Environment.start(bundle, { moreOptions: ['--trace-gc', '--trace-gc-nvp'] });
  try {
    await invokeMany(environment, warmUp);
    const before = readTrace(environment.log);
    await invokeMany(environment, invocations);
    const after = readTrace(environment.log);
    return {
      allocated: (after.allocated - before.allocated) / invocations,
      promoted: (after.promoted - before.promoted) / invocations,
    };
  } finally {
    await environment.close();
  }
}

async function invokeMany(environment: Environment, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { response } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
    checkAnswer(response, 'Hello');
  }
}

/** Adds up a line `... gc=s ... allocated=5714656 promoted=0 ...` for each collection, young (s) or full. */
function readTrace(log: string): Garbage {
  const sum = (key: string) =>
    [...log.matchAll(new RegExp(` gc=.* ${key}=(\\d+)`, 'g'))].reduce((total, [, bytes]) => total + Number(bytes), 0);
  return { allocated: sum('allocated'), promoted: sum('promoted') };
}
