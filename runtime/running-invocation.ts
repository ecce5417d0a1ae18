import { AsyncLocalStorage } from 'node:async_hooks';
import type { LambdaContext } from './context';

/** What code anywhere in an invocation can reach of it. */
export interface RunningInvocation {
  /** That of its LambdaContext. Needs no `this`. */
  readonly waitUntil: LambdaContext['waitUntil'];
  /** Takes what was thrown or rejected with where nobody catches it; `promise` where it is one that rejected. */
  addStray(error: unknown, promise?: Promise<unknown>): void;
}

/**
 * The invocation that code runs in, also when several share the process. One for the process: an ES module may load one
 * copy of this library, and a CommonJS package another.
 */
export const runningInvocation = shared();

function shared(): AsyncLocalStorage<RunningInvocation> {
  const key = Symbol.for('background-tasks/running-invocation');
  const found: unknown = Reflect.get(globalThis, key);
  if (isStorage(found)) return found;
  const storage = new AsyncLocalStorage<RunningInvocation>();
  Reflect.set(globalThis, key, storage);
  return storage;
}

function isStorage(found: unknown): found is AsyncLocalStorage<RunningInvocation> {
  return found instanceof AsyncLocalStorage;
}
