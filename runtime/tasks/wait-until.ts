import { InvocationEndedError } from '../errors';
import type { BackgroundTask } from './background-tasks';
import { runningInvocation } from './running-invocation';

/**
 * `context.waitUntil` of the invocation that this code runs in, for code that has no context at hand. Throws an
 * InvocationEndedError outside of any invocation: while the function loads, and in what was started then, a timer or an
 * event listener for instance.
 */
export function waitUntil(task: BackgroundTask, name?: string): void {
  const invocation = runningInvocation.getStore();
  if (invocation === undefined) {
    throw new InvocationEndedError('Expected waitUntil to be called in an invocation, it was called outside of any');
  }
  invocation.waitUntil(task, name);
}
