import { UnknownTaskError } from '../errors';
import { queuedTaskKey } from '../request/queued-task-key';
import { property } from '../request/read-property';
import type { LambdaAdapter } from './adapter';

/**
 * For a function that has no tasks any more: what was queued before comes to it all the same, and is nothing that the user's
 * adapter knows. By an UnknownTaskError Lambda tries again, and keeps it in the on-failure destination.
 */
export function withoutTasks(adapter: LambdaAdapter): LambdaAdapter {
  return {
    handle(request, response, context) {
      const task = request.caller === 'direct' ? property(request.event, queuedTaskKey) : undefined;
      if (task === undefined) return adapter.handle(request, response, context);
      const name = property(task, 'name');
      const named = typeof name === 'string' ? ` "${name}"` : '';
      throw new UnknownTaskError(`Expected LambdaRuntime to have the task${named} among its tasks, it has none`);
    },
  };
}
