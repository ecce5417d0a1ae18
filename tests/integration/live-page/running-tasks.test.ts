import type { ObservedTask } from '../../../local/environment/pool';
import { startObservedLambda } from '../../helpers/local-lambda';
import { runtimeClients } from '../../helpers/runtime-clients';

describe.each(runtimeClients)('on %s', (_, ric) => {
  /** What is told of the tasks of an invocation, and what is logged, in order. */
  async function call(message: string) {
    const told: (string | Omit<ObservedTask, 'number'>)[] = [];
    const lambda = await startObservedLambda({
      template: 'tests/fixtures/live-page/template.yaml',
      function: 'Worker',
      ric,
      onTask: ({ requestId, name, outcome }) => told.push({ requestId, name, ...(outcome && { outcome }) }),
      onPhase: ({ phase }) => told.push(phase),
    });
    const url = lambda.functionUrls[0]?.url ?? '';
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ message }) });
    const requestId = response.headers.get('x-amzn-requestid') ?? '';
    const { report } = await lambda.ended(requestId);
    const tasks = told.flatMap((one) => (typeof one === 'object' ? [one] : []));
    return { requestId, told, tasks, report, log: lambda.log.map(({ text }) => text).join('\n') };
  }

  test('a task is told of when it begins and when it has settled, and the log is as without', async () => {
    const { requestId, told, tasks, report, log } = await call('fail');
    const names = ['audit record', 'warm cache', 'webhook'];
    expect(tasks.filter(({ outcome }) => outcome === undefined)).toEqual(names.map((name) => ({ requestId, name })));
    const settled = new Map(tasks.flatMap(({ name, outcome }) => (outcome === undefined ? [] : [[name, outcome]])));
    expect(settled).toEqual(new Map(report?.tasks.map(({ name, outcome }) => [name, outcome])));
    expect(settled.get('webhook')).toBe('failed');
    expect(told.lastIndexOf('frozen')).toBe(told.length - 1);
    expect(log).not.toContain('\0');
    expect(log).not.toContain('"number":');
  });

  test('what has not settled when its process ends is told of, without a report', async () => {
    const { requestId, tasks, report } = await call('exit');
    expect(tasks).toEqual(['audit record', 'warm cache'].map((name) => ({ requestId, name })));
    expect(report).toBeUndefined();
  });

  test('what else a function publishes where the library tells of its tasks is ignored', async () => {
    const { tasks, report } = await call('publish');
    expect(new Set(tasks.map(({ name }) => name))).toEqual(new Set(['audit record', 'warm cache']));
    expect(report?.failures).toBe(0);
  });

  test('as many are told of as a report has', async () => {
    const { tasks, report } = await call('many');
    expect(report?.tasks).toHaveLength(100);
    expect(new Set(tasks.map(({ name }) => name))).toEqual(new Set(report?.tasks.map(({ name }) => name)));
  });
});
