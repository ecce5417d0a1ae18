import { outcomes } from '../../helpers/function-records';
import { errorOf, messages, scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';

scenariosOnBothRuntimeClients(({ lambda, http, direct, callers }) => {
  describe('handle has not written when the grace ends', () => {
    test('HTTP: 504, ERROR, failure metric, and the process serves the next request', async () => {
      const result = await http('never writes');
      expect(result).toMatchObject({ status: 504, body: '{"message":"Gateway Timeout"}' });
      expect(messages(result, 'ERROR')).toEqual(['Handler cut off', 'Response not sent']);
      expect(result.records.find(({ message }) => message === 'Handler cut off')).toHaveProperty('hint');
      expect(result.metrics).toMatchObject({ Failures: 1, CutOff: 1 });
      expect(result.report.handler).toBe('cut off');
      expect(result.lines.join()).not.toContain('Task timed out');
      expect(await http('answers')).toMatchObject({ status: 200, report: { coldStart: false } });
    });

    test('direct: ResponseNotSentError, ERROR, failure metric', async () => {
      const result = await direct('never writes');
      expect(errorOf(result)).toMatchObject({ errorType: 'ResponseNotSentError' });
      expect(result.metrics).toMatchObject({ Failures: 1, CutOff: 1 });
    });

    test.each(callers)('%s: a write that comes later still is refused and harms nothing', async (_caller, call) => {
      await call('writes when it is too late');
      expect(await http('answers')).toMatchObject({ status: 200, body: '{"ok":true}' });
    });
  });

  describe.each(callers)('after the answer, %s', (_caller, call) => {
    const answered = { status: 200, body: '{"ok":true}' };

    test('deadline minus reserve: what has not settled is cut off by name, before Lambda kills the invocation', async () => {
      const result = await call('a task never settles');
      expect(result).toMatchObject(answered);
      expect(outcomes(result.report)).toEqual([
        ['stuck', 'cut off'],
        ['audit', 'completed'],
      ]);
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      const hint = 'raise Timeout, or stop at context.signal';
      expect(error).toMatchObject({ message: 'Background task cut off', task: 'stuck', hint });
      expect(result.metrics).toMatchObject({ CutOff: 1, Failures: 0 });
      expect(result.lines.join()).not.toContain('Task timed out');
      expect(await call('answers')).toMatchObject({ report: { coldStart: false } });
    });

    test('deadline minus reserve: the signal aborts, and a task that honours it completes', async () => {
      const result = await call('a task winds up when the signal aborts');
      expect(outcomes(result.report)).toEqual([['long', 'completed']]);
      const woundUp = result.records.find(({ message }) => message === 'wound up');
      expect(woundUp?.['reason']).toBe('DeadlineApproachingError: Lambda ends this invocation in 1600 ms');
    });

    test('handle itself never returns after write: it is cut off', async () => {
      const result = await call('handle never returns after write');
      expect(result).toMatchObject({ ...answered, report: { handler: 'cut off' }, metrics: { CutOff: 1 } });
    });

    test('a task that is cut off and keeps the event loop busy does not hold the invocation', async () => {
      const result = await call('a task keeps the event loop busy after it is cut off');
      expect(result).toMatchObject(answered);
      expect(result.lines.join()).not.toContain('Task timed out');
    });

    test('five tasks, of which one throws, one rejects untracked, one never settles, one registers a sixth', async () => {
      const result = await call('five tasks and a sixth');
      expect(result).toMatchObject(answered);
      expect(outcomes(result.report)).toEqual([
        ['throws', 'failed'],
        ['rejects untracked', 'completed'],
        ['never settles', 'cut off'],
        ['registers a sixth', 'completed'],
        ['completes', 'completed'],
        ['sixth', 'completed'],
      ]);
      expect(result.lines.join()).not.toContain('Task timed out');
      expect(await call('answers')).toMatchObject({ report: { coldStart: false } });
    });
  });

  test('a task registered after the invocation has ended is refused', async () => {
    await http('registers a task after its invocation has ended');
    // What is left of the one before goes on while the environment is thawed for the next.
    const next = await http('answers a little later');
    const refused = await lambda().waitForLog(({ text }) => text.includes('"refused"'));
    expect(refused.text).toContain('InvocationEndedError: Expected waitUntil to be called during its invocation');
    expect(outcomes(next.report)).toEqual([['audit', 'completed']]);
  });
});
