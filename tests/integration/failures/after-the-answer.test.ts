import { outcomes } from '../../helpers/function-records';
import { observe } from '../../helpers/invocations';
import { messages, scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';
import type { ScenarioName } from '../../fixtures/failures/scenarios';

scenariosOnBothRuntimeClients(({ lambda, callers }) => {
  describe.each(callers)('after the answer, %s', (_caller, call) => {
    const answered = { status: 200, body: '{"ok":true}' };

    test('handle throws after write: ERROR, failure metric, a normal end', async () => {
      const result = await call('throws after write');
      expect(result).toMatchObject(answered);
      expect(messages(result, 'ERROR')).toEqual(['Handler failed after the response']);
      expect(result.metrics.Failures).toBe(1);
      expect(result.report.handler).toBe('failed');
    });

    test('a waitUntil task fails: ERROR with its name, failure metric, other tasks go on', async () => {
      const result = await call('one task fails');
      expect(result).toMatchObject(answered);
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(error).toMatchObject({ message: 'Background task failed', task: 'webhook' });
      expect(result.metrics).toMatchObject({ Failures: 1, TasksFailed: 1, TasksCompleted: 1 });
      expect(outcomes(result.report)).toEqual([
        ['webhook', 'failed'],
        ['audit', 'completed'],
      ]);
    });

    test('a waitUntil task fails with the error of an HTTP client: nothing of the request is recorded', async () => {
      const { records, lines } = await call('a task fails as an HTTP client does');
      const record = records.find(({ level }) => level === 'ERROR');
      expect(record?.['error']).toMatchObject({
        name: 'Error',
        message: 'Request failed with status code 401',
        code: 'ERR_BAD_REQUEST',
        cause: { message: 'connect ECONNREFUSED 10.0.0.1:443', code: 'ECONNREFUSED' },
      });
      expect(lines.join()).not.toMatch(/5ecre7|4111/);
    });

    test('a task registers another: it is awaited too', async () => {
      const result = await call('a task registers another');
      expect(result).toMatchObject(answered);
      expect(outcomes(result.report)).toEqual([
        ['parent', 'completed'],
        ['child', 'completed'],
      ]);
    });

    test.each<ScenarioName>(['a promise nobody tracks rejects', 'a timer throws'])(
      '%s: ERROR, failure metric; process and other tasks go on',
      async (scenario) => {
        const result = await call(scenario);
        expect(result).toMatchObject(answered);
        expect(messages(result, 'ERROR')).toEqual(['Error that nobody caught']);
        expect(result.metrics.Failures).toBe(1);
        expect(outcomes(result.report)).toEqual([['audit', 'completed']]);
        expect(await call('answers')).toMatchObject({ report: { coldStart: false } });
      },
    );

    test('something else than an Error is thrown: ERROR that says so', async () => {
      const result = await call('something else than an Error is thrown');
      expect(result).toMatchObject(answered);
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(JSON.stringify(error)).toContain('Expected an Error to be thrown, received string');
    });

    test('registering what is not a task is a TypeError at the line that did it', async () => {
      const result = await call('registers what is not a task');
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(JSON.stringify(error)).toContain('waitUntil expects a promise or a function, received number');
    });

    test('a write that handle does not await is a response all the same', async () => {
      expect(await call('does not await its write')).toMatchObject({ ...answered, metrics: { Failures: 0 } });
    });
  });

  test('caller hangs up: background goes on', async () => {
    const caller = new AbortController();
    const known = new Set(lambda().log.map(({ text }) => text));
    const started = lambda().waitForLog(({ text }) => text.startsWith('START') && !known.has(text));
    const url = lambda().functionUrls[0]?.url ?? '';
    const call = fetch(`${url}?scenario=answers+a+little+later`, { signal: caller.signal });
    const { requestId } = await started;
    caller.abort();
    await expect(call).rejects.toThrow('aborted');

    const { report } = await observe(lambda(), requestId ?? '');
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
    expect(outcomes(report)).toEqual([['audit', 'completed']]);
  });
});
