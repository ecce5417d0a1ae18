import { AsyncLocalStorage } from 'node:async_hooks';

/** Gets what an invocation threw or rejected with where nobody catches it. */
export type StrayErrorListener = (error: unknown) => void;

/** Tells to which invocation a stray error belongs, also when several share the process. */
const listeners = new AsyncLocalStorage<StrayErrorListener>();

/**
 * Runs `work` so that a promise nobody tracks that rejects, and an error thrown in a timer or event callback, reach
 * `onStray` instead of ending the process and every task in it. What started before the first call, or escapes its
 * async context, reaches the `onStray` of the call that installed the isolation.
 */
export function isolate<Result>(onStray: StrayErrorListener, work: () => Result): Result {
  install(onStray);
  return listeners.run(onStray, work);
}

/**
 * Done with the first invocation and not at load: an error while the function loads is an init error, and Lambda
 * should see it. Node.js 22's runtime (aws-lambda-ric 3, index.mjs) has listeners of its own by then, which report the
 * error to Lambda and exit; ours take their place.
 */
function install(fallback: StrayErrorListener): void {
  if (installed) return;
  installed = true;
  const listener = (error: unknown) => {
    (listeners.getStore() ?? fallback)(error);
  };
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', listener);
  process.removeAllListeners('uncaughtException').on('uncaughtException', listener);
}

/** Of the process, not of an invocation. */
let installed = false;
