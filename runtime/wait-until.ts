import type { LambdaContext } from './context';
import { InvocationEndedError } from './errors';
import { runningInvocation } from './running-invocation';

/**
 * `context.waitUntil` of the invocation that this code runs in, for code that has no context at hand. Throws an
 * InvocationEndedError outside of any invocation: while the function loads, and in what was started then, a timer or an
 * event listener for instance.
 */
export const waitUntil: LambdaContext['waitUntil'] = (task, name) => {
  const invocation = runningInvocation.getStore();
  if (invocation === undefined) {
    throw new InvocationEndedError('Expected waitUntil to be called in an invocation, it was called outside of any');
  }
  invocation.waitUntil(task, name);
};

/**
 * Offers `waitUntil` to libraries that look for that of their platform, at `globalThis[key].get()`, while an invocation
 * runs. Does nothing where somebody else offers theirs. The keys are those of
 *
 * - Next.js, for `after`, of any platform:
 *   https://nextjs.org/docs/app/api-reference/functions/after#platform-support
 * - Vercel, for `waitUntil` of `@vercel/functions` (get-context.js): what it stands for is Vercel itself.
 */
export function offerWaitUntil(to: 'next' | 'vercel'): void {
  const key = Symbol.for(`@${to}/request-context`);
  if (Reflect.get(globalThis, key) === undefined) Reflect.set(globalThis, key, { get: requestContext });
}

function requestContext() {
  const invocation = runningInvocation.getStore();
  return invocation && { waitUntil: invocation.waitUntil };
}
