import { channel } from 'node:diagnostics_channel';

export type Outcome = 'completed' | 'failed' | 'cut off';

export interface TaskReport {
  readonly name: string;
  readonly outcome: Outcome;
  /** When the time below began, from the start of the invocation; left out for a function that has not been started. */
  readonly startMs?: number;
  /** From the registration of a promise, or the start of a function, until it settled or was cut off. */
  readonly milliseconds: number;
  /** Of a queued task: the same on each attempt. */
  readonly id?: string;
  /** True when a queued task that failed or was cut off lies in Lambda's event queue, false when it is lost. */
  readonly queued?: boolean;
}

/** What is done with a task that has failed or was cut off, where it is one that can be queued. */
export interface HandOver {
  id(): string;
  /** Resolves to whether it has been queued; never rejects. */
  queue(): Promise<boolean>;
}

/** A task from its registration to its outcome. */
export interface Task {
  readonly name: string;
  readonly handOver: HandOver | undefined;
  handingOver: Promise<void> | undefined;
  queued: boolean | undefined;
  startedAt: number | undefined;
  report: TaskReport | undefined;
}

export function newTask(name: string, handOver?: HandOver): Task {
  return { name, handOver, handingOver: undefined, queued: undefined, startedAt: undefined, report: undefined };
}

/**
 * Tells whoever subscribes in this process of each task, a `Task`, when it begins and when its outcome is known. The local
 * Lambda does, for its live page; without a subscriber it costs nothing.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html
 */
export const taskChanges = channel('background-tasks:task');

/** Once: what was cut off and queued may still fail. */
export function queue(task: Task): Promise<void> {
  return (task.handingOver ??= handOver(task));
}

async function handOver(task: Task): Promise<void> {
  if (task.handOver !== undefined) task.queued = await task.handOver.queue();
}

export function queueStateOf({ handOver: of, queued }: Task): Pick<TaskReport, 'id' | 'queued'> {
  return { ...(of && { id: of.id() }), ...(queued !== undefined && { queued }) };
}
