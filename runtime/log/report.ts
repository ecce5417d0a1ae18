import type { Outcome, TaskReport } from '../tasks/background-tasks';
import type { MetricValues } from './metrics';

/** What became of one invocation, from the event to the last task. */
export interface InvocationReport {
  readonly requestId: string;
  readonly coldStart: boolean;
  /** Where Lambda's event queue has delivered a task to this invocation: which one. */
  readonly queuedTask?: { readonly name: string; readonly id: string };
  /** From the start of the invocation until the response was handed over; left out when none was. */
  readonly responseMs?: number;
  /** From then until the last task had settled or was cut off. */
  readonly backgroundMs: number;
  /** What became of `handle` itself. */
  readonly handler: Outcome;
  /** The first hundred, in order of registration. */
  readonly tasks: readonly TaskReport[];
  /** How many more there were, by outcome; left out when there were none. */
  readonly moreTasks?: Readonly<Record<Outcome, number>>;
  /** How many failures there were. Each of the first hundred has an ERROR record, and so have the first hundred tasks lost. */
  readonly failures: number;
}

/** The report as it is written: of limited length, whatever the invocation did. */
export function shortened(report: Omit<InvocationReport, 'moreTasks'>): InvocationReport {
  const { tasks } = report;
  if (tasks.length <= mostTasks) return report;
  return { ...report, tasks: tasks.slice(0, mostTasks), moreTasks: countByOutcome(tasks.slice(mostTasks)) };
}

/** With names of at most 200 bytes, far from the 256 KB past which CloudWatch may cut a line, and find no metrics in it. */
const mostTasks = 100;

export function measured(report: Omit<InvocationReport, 'moreTasks'>): MetricValues {
  const { coldStart, responseMs, backgroundMs, handler, failures } = report;
  const tasks = countByOutcome(report.tasks);
  return {
    counts: {
      ColdStarts: coldStart ? 1 : 0,
      Failures: failures,
      CutOff: tasks['cut off'] + (handler === 'cut off' ? 1 : 0),
      TasksCompleted: tasks.completed,
      TasksFailed: tasks.failed,
      ...lostTasks(report.tasks),
    },
    milliseconds: { ...(responseMs === undefined ? {} : { ResponseTime: responseMs }), BackgroundTime: backgroundMs },
  };
}

/** A metric costs by the month: a function without queued tasks has none of it. */
function lostTasks(tasks: readonly TaskReport[]): Readonly<Record<string, number>> {
  if (tasks.every(({ id }) => id === undefined)) return {};
  return { TasksLost: tasks.filter(({ queued }) => queued === false).length };
}

function countByOutcome(tasks: readonly TaskReport[]): Record<Outcome, number> {
  const counts = { completed: 0, failed: 0, 'cut off': 0 };
  for (const { outcome } of tasks) counts[outcome] += 1;
  return counts;
}
