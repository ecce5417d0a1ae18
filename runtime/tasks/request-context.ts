import { runningInvocation } from './running-invocation';

/**
 * Offers `waitUntil` to libraries that look for that of their platform, at `globalThis[key].get()`, while an invocation
 * runs. Does nothing where somebody else offers theirs. The keys are those of
 *
 * - Next.js, for `after`, of any platform:
 *   https://nextjs.org/docs/app/api-reference/functions/after#platform-support
 * - Vercel, for `waitUntil` of `@vercel/functions` (get-context.js): what it stands for is Vercel itself.
 */
export function offerRequestContext(of: 'next' | 'vercel'): void {
  const key = Symbol.for(`@${of}/request-context`);
  if (Reflect.get(globalThis, key) === undefined) Reflect.set(globalThis, key, { get: requestContext });
}

function requestContext() {
  const invocation = runningInvocation.getStore();
  return invocation && { waitUntil: invocation.waitUntil };
}
