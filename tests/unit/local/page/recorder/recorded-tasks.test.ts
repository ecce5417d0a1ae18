import { RecordedTasks } from '../../../../../local/page/recorder/recorded-tasks';

const task = { requestId: 'id', number: 7, name: 'audit' };

test('a task goes on until its outcome is known', () => {
  const tasks = new RecordedTasks();
  tasks.take({ ...task, outcome: undefined }, 1_000);
  expect(tasks.states(undefined)).toEqual([{ name: 'audit', from: 1_000, to: undefined, outcome: undefined }]);
  tasks.take({ ...task, outcome: 'failed' }, 1_200);
  expect(tasks.states(undefined)).toEqual([{ name: 'audit', from: 1_000, to: 1_200, outcome: 'failed' }]);
});

test('what an earlier invocation had cut off is no task of this one', () => {
  const tasks = new RecordedTasks();
  tasks.take({ ...task, outcome: 'completed' }, 1_000);
  expect(tasks.states(undefined)).toEqual([]);
});

test('the report has the last word, and the order stays that in which they began', () => {
  const tasks = new RecordedTasks();
  tasks.take({ ...task, outcome: undefined }, 1_010);
  const reported = [
    { name: 'function', outcome: 'completed' as const, startMs: 9, milliseconds: 100 },
    { name: 'promise', outcome: 'cut off' as const, startMs: 2, milliseconds: 200 },
  ];
  const report = { requestId: 'id', coldStart: false, backgroundMs: 1, handler: 'completed' as const, failures: 1 };
  expect(tasks.states({ ...report, tasks: reported }, 1_000)).toEqual([
    { name: 'promise', outcome: 'cut off', from: 1_002, to: 1_202 },
    { name: 'function', outcome: 'completed', from: 1_009, to: 1_109 },
  ]);
});
