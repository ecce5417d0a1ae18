import { queuedTaskKey } from '../request/queued-task-key';
import { property } from '../request/read-property';

/** What lies in the queue: one key, so that it is no event of anybody else. */
export interface QueuedPayload {
  readonly name: string;
  readonly id: string;
  readonly input: unknown;
}

export function encodePayload({ name, id }: Omit<QueuedPayload, 'input'>, inputJson: string): string {
  return `{${JSON.stringify(queuedTaskKey)}:{"name":${JSON.stringify(name)},"id":${JSON.stringify(id)},"input":${inputJson}}}`;
}

/** The queued task that a direct payload carries; undefined where it carries none. */
export function decodePayload(event: unknown): QueuedPayload | undefined {
  const task = property(event, queuedTaskKey);
  const name = property(task, 'name');
  const id = property(task, 'id');
  return typeof name === 'string' && typeof id === 'string' ? { name, id, input: property(task, 'input') } : undefined;
}
