import { type RunningInvocation, runningInvocation } from './running-invocation';

type OrphanListener = (error: unknown) => void;

/**
 * Runs `work` so that a promise nobody tracks that rejects, and an error thrown in a timer or event callback, reach
 * `invocation` instead of ending the process and every task in it. What started before the first call, or escapes its
 * async context, belongs to no invocation: it reaches the `onOrphan` of the first call.
 */
export function isolate<Result>(invocation: RunningInvocation, onOrphan: OrphanListener, work: () => Result): Result {
  install(onOrphan);
  return runningInvocation.run(invocation, work);
}

/**
 * Done with the first invocation and not at load: an error while the function loads is an init error, and Lambda
 * should see it. Ours go before those of others (Sentry's, say), which are called as before: one of them may exit. They
 * are put back where somebody has removed every listener.
 */
function install(onOrphan: OrphanListener): void {
  if (orphanListener === undefined) removeRuntimeClients();
  orphanListener ??= onOrphan;
  if (process.listenerCount('unhandledRejection', onRejection) === 0) {
    process.prependListener('unhandledRejection', onRejection);
  }
  if (process.listenerCount('uncaughtException', onException) === 0) {
    process.prependListener('uncaughtException', onException);
  }
}

/** Of the process, not of an invocation. */
let orphanListener: OrphanListener | undefined;

function onRejection(reason: unknown, promise?: Promise<unknown>): void {
  const invocation = runningInvocation.getStore();
  if (invocation) invocation.addStray(reason, promise);
  else orphanListener?.(reason);
}

function onException(error: unknown, origin: NodeJS.UncaughtExceptionOrigin): void {
  // With --unhandled-rejections=strict: the event unhandledRejection follows.
  if (origin !== 'unhandledRejection') onRejection(error);
}

/**
 * Node.js 22's runtime (aws-lambda-ric 3, index.mjs) has a listener for each of the two, which reports the error to Lambda
 * and exits. Known by what they do, since others may have been there before them (a Lambda layer) or after.
 */
function removeRuntimeClients(): void {
  for (const listener of process.listeners('unhandledRejection')) {
    if (reportsAndExits(listener, 'unhandledRejection')) process.removeListener('unhandledRejection', listener);
  }
  for (const listener of process.listeners('uncaughtException')) {
    if (reportsAndExits(listener, 'uncaughtException')) process.removeListener('uncaughtException', listener);
  }
}

function reportsAndExits(
  listener: NodeJS.UnhandledRejectionListener | NodeJS.UncaughtExceptionListener,
  event: keyof typeof said,
): boolean {
  const source = Function.prototype.toString.call(listener);
  return source.includes(said[event]) && source.includes(`.${event}(`);
}

const said = { unhandledRejection: 'Unhandled Promise Rejection', uncaughtException: 'Uncaught Exception' };
