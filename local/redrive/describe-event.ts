import type { FailedEvent } from './failed-event';

/** What failed, why, when and after how many attempts. Nothing of its payload but a task's name and id. */
export function describeEvent(event: FailedEvent): string {
  const { task, requestId, functionName, condition, attempts, failedAt, error } = event;
  const subject = task === undefined ? `event ${requestId}` : `${task.name} ${task.id}`;
  const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  const why = error === undefined ? '' : `, ${error}`;
  return oneLine(`${subject}  ${functionName}  ${failedAt}  ${condition} after ${times}${why}`);
}

/** Whoever may write to the queue may write anything: no line of it ends ours, and nothing controls the terminal. */
export function oneLine(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

const longest = 400;
