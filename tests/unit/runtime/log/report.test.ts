import { type InvocationReport, measured, shortened } from '../../../../runtime/log/report';
import type { TaskReport } from '../../../../runtime/tasks/background-tasks';

const report: InvocationReport = {
  requestId: 'request-1',
  coldStart: true,
  responseMs: 3,
  backgroundMs: 1_000,
  handler: 'cut off',
  tasks: [
    { name: 'audit', outcome: 'completed', milliseconds: 900 },
    { name: 'cache', outcome: 'failed', milliseconds: 5 },
    { name: 'hook', outcome: 'cut off', milliseconds: 990 },
  ],
  failures: 1,
};

test('the metrics count tasks by outcome, and handle among what was cut off', () => {
  expect(measured(report)).toEqual({
    counts: { ColdStarts: 1, Failures: 1, CutOff: 2, TasksCompleted: 1, TasksFailed: 1 },
    milliseconds: { ResponseTime: 3, BackgroundTime: 1_000 },
  });
});

test('an invocation without a response has no response time', () => {
  const { responseMs, ...withoutResponse } = report;
  expect(responseMs).toBeDefined();
  expect(measured(withoutResponse).milliseconds).toEqual({ BackgroundTime: 1_000 });
});

test('a report of a hundred tasks lists all of them', () => {
  const whole = { ...report, tasks: many(100, 'completed') };
  expect(shortened(whole)).toEqual(whole);
});

test('of more tasks it lists a hundred and counts the rest, and the metrics count all', () => {
  const tasks = [...many(120, 'completed'), ...many(30, 'failed'), ...many(5, 'cut off')];
  expect(shortened({ ...report, tasks })).toEqual({
    ...report,
    tasks: tasks.slice(0, 100),
    moreTasks: { completed: 20, failed: 30, 'cut off': 5 },
  });
  expect(measured({ ...report, tasks }).counts).toMatchObject({ TasksCompleted: 120, TasksFailed: 30, CutOff: 6 });
});

function many(count: number, outcome: TaskReport['outcome']): TaskReport[] {
  return Array.from({ length: count }, (_, index) => ({ name: `task ${index}`, outcome, milliseconds: 1 }));
}
