import type { InvocationState, Status } from '../state';
import { duration } from './format';

/** Shapes, so that no status is told by its colour alone; 16 by 16. */
const shapes: Readonly<Record<Status, string>> = {
  waiting: 'M8 2.5a5.5 5.5 0 0 1 5.5 5.5M8 13.5A5.5 5.5 0 0 1 2.5 8',
  handling: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M8 6.5v3M6.5 8h3',
  answered: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M8 5v3l2 1.5',
  completed: 'M3 8.5l3.2 3.2L13 4.8',
  failed: 'M4 4l8 8M12 4l-8 8',
  'cut off': 'M8 2.5L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.4',
  'timed out': 'M4 2.5h8M4 13.5h8M4.8 2.5v2L8 8l3.2-3.5v-2M4.8 13.5v-2L8 8l3.2 3.5v2',
  killed: 'M9.5 1.5L4 9h3.5l-1 5.5L12 7H8.5z',
  throttled: 'M5.5 3v10M10.5 3v10',
  refused: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M4.5 8h7',
};

const labels: Readonly<Record<Status, string>> = {
  waiting: 'waiting',
  handling: 'handling',
  answered: 'answered, works on',
  completed: 'completed',
  failed: 'failed',
  'cut off': 'cut off',
  'timed out': 'timed out',
  killed: 'killed',
  throttled: 'throttled',
  refused: 'refused',
};

export function StatusIcon({ status }: { readonly status: Status }) {
  return (
    <svg class="status-icon" data-status={status} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[status]} />
    </svg>
  );
}

export function StatusLabel({ status }: { readonly status: Status }) {
  return (
    <span class="status-label" data-status={status}>
      <StatusIcon status={status} />
      {labels[status]}
    </span>
  );
}

/** An invocation in words. */
export function summaryOf(invocation: InvocationState, now: number): string {
  const { status, receivedAt, startedAt, answeredAt, endedAt } = invocation;
  const parts = [
    ...(answeredAt === undefined ? [] : [`answered after ${duration(answeredAt - receivedAt)}`]),
    ...(answeredAt === undefined || startedAt === undefined
      ? []
      : [`background work ${duration((endedAt ?? now) - answeredAt)}`]),
    ...(status === 'answered' ? ['goes on'] : [labels[status]]),
  ];
  return parts.join(', ');
}

export const isOver = ({ endedAt }: InvocationState): boolean => endedAt !== undefined;
