import { outcomes, recordsIn } from '../../helpers/function-records';
import { messages, onBothRuntimeClients, scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';
import type { ScenarioName } from '../../fixtures/failures/scenarios';

scenariosOnBothRuntimeClients(({ lambda, http, callers }) => {
  describe.each(callers)('%s', (_, call) => {
    test.each<ScenarioName>([
      'a promise rejects in the turn in which the last task ends',
      'a promise rejects in the turn in which handle returns',
    ])('%s: the report counts it', async (scenario) => {
      const { report, metrics, records } = await call(scenario);
      expect({ failures: report.failures, metric: metrics.Failures }).toEqual({ failures: 1, metric: 1 });
      expect(records.map(({ message }) => message)).toEqual(['Error that nobody caught', 'Invocation report']);
    });

    test.each<ScenarioName>(['registers a promise that has rejected', 'awaits in a task what has rejected'])(
      '%s: one failure, and the task has failed',
      async (scenario) => {
        const { report, metrics, ...observation } = await call(scenario);
        expect(messages(observation, 'ERROR')).toHaveLength(1);
        expect(metrics).toMatchObject({ Failures: 1, TasksFailed: 1 });
        expect(outcomes(report)).toEqual([['webhook', 'failed']]);
      },
    );

    test('awaits in handle what has rejected: one failure, and handle has failed', async () => {
      const { report, ...observation } = await call('awaits in handle what has rejected');
      expect(messages(observation, 'ERROR')).toEqual(['Error that nobody caught']);
      expect(report).toMatchObject({ handler: 'failed', failures: 1 });
    });

    test('two tasks that fail with the same error are two failures', async () => {
      const { metrics } = await call('two tasks fail with the same error');
      expect(metrics).toMatchObject({ Failures: 2, TasksFailed: 2 });
    });

    test('a task that is a function runs in the async context that registered it', async () => {
      const { records } = await call('a task runs in the async context that registered it');
      const contexts = records.filter(({ message }) => message === 'context').map(({ storage }) => storage);
      expect(contexts).toEqual(['registered', 'registered']);
    });

    test('what is no name is none, and a long one is cut', async () => {
      const { report } = await call('names its tasks with what is no name');
      const names = report.tasks.map(({ name }) => name);
      expect(names.slice(0, -1)).toEqual(['task 1', 'task 2', 'task 3', 'task 4', 'task 5']);
      expect(names.at(-1)).toMatch(/^x{160}\.\.\. \(99840 more characters\)$/);
    });
  });

  test('what began while the function loaded fails: it is no failure of any invocation', async () => {
    const { report } = await http('what began while the function loaded fails');
    expect(report.failures).toBe(0);
    const { text } = await lambda().waitForLog(({ text }) => text.includes('begun while the function loaded'));
    const [record] = recordsIn([text]);
    expect(record).toMatchObject({
      level: 'ERROR',
      message: 'Error that nobody caught, outside of any invocation',
      function_name: 'Scenarios',
    });
    expect(record).not.toHaveProperty('function_request_id');
    expect(await http('answers')).toMatchObject({ report: { coldStart: false } });
  });
});

onBothRuntimeClients<{ tasks: number; each: 'completes' | 'fails' | 'hangs' }>('Crowd', ({ lambda, http }) => {
  const longest = () => Math.max(...lambda().log.map(({ text }) => Buffer.byteLength(text)));

  test('10,000 tasks: a report of limited length, which counts those that it does not list', async () => {
    const { report, metrics } = await http({ tasks: 10_000, each: 'completes' });
    expect(report.tasks).toHaveLength(100);
    expect(report).toMatchObject({ moreTasks: { completed: 9_900, failed: 0, 'cut off': 0 }, failures: 0 });
    expect(metrics).toMatchObject({ TasksCompleted: 10_000, Failures: 0 });
    expect(longest()).toBeLessThan(64 * 1024);
  });

  test('10,000 tasks that fail: a hundred records, and one that counts the rest', async () => {
    const { metrics, report, ...observation } = await http({ tasks: 10_000, each: 'fails' });
    const errors = observation.records.filter(({ level }) => level === 'ERROR');
    expect(errors).toHaveLength(101);
    expect(errors.at(-1)).toMatchObject({ message: 'More failures', failures: 9_900 });
    expect(metrics).toMatchObject({ TasksFailed: 10_000, Failures: 10_000 });
    expect(report.failures).toBe(10_000);
  });

  test('200,000 tasks that never settle: the report is written before Lambda ends the invocation', async () => {
    const { metrics, lines, ...observation } = await http({ tasks: 200_000, each: 'hangs' });
    expect(metrics).toMatchObject({ CutOff: 200_000, Failures: 0 });
    const errors = observation.records.filter(({ level }) => level === 'ERROR');
    expect(errors).toHaveLength(101);
    expect(errors.at(-1)).toMatchObject({ message: 'More background tasks cut off', tasks: 199_900 });
    expect(lines.join()).not.toContain('Task timed out');
  });
});
