import { EnqueueError, LambdaApiError } from './errors';

interface RefusedTask {
  readonly name: string;
  readonly bytes: number;
  readonly functionArn: string;
}

/** Tells of a task that Lambda has not accepted, and what to do about it. */
export function describeRefusal(cause: unknown, task: RefusedTask): EnqueueError {
  return new EnqueueError(`The task "${task.name}" is not queued: ${reasonOf(cause, task)}`, { cause });
}

function reasonOf(cause: unknown, { bytes, functionArn }: RefusedTask): string {
  if (!(cause instanceof LambdaApiError)) return cause instanceof Error ? cause.message : String(cause);
  if (cause.code === 'AccessDeniedException') {
    return `the function's role needs the permission lambda:InvokeFunction on ${functionArn}`;
  }
  if (cause.statusCode === 429) return `Lambda throttles it (${cause.code}), also when tried again`;
  if (cause.statusCode === 413) return `Lambda takes no payload of ${bytes} bytes`;
  return `Lambda answers ${cause.statusCode} ${cause.code}`;
}
