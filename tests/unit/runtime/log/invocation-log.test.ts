import { BadRequestError, RequestError } from '../../../../runtime/errors';
import { InvocationLog } from '../../../../runtime/log/invocation-log';
import { RecordWriter } from '../../../../runtime/log/record-writer';
import { identity } from '../../../helpers/identity';
import { writtenRecords } from '../../../helpers/written-records';

const written = (write: (log: InvocationLog) => void, environment: NodeJS.ProcessEnv = {}) =>
  writtenRecords(() => {
    write(new InvocationLog(new RecordWriter(environment), identity()));
  });
const report = (log: InvocationLog) => {
  log.report({ backgroundMs: 0, handler: 'completed', tasks: [] });
};

test.each([
  ['completed, answered', { outcome: 'completed' as const }, undefined, []],
  ['completed, unanswered', { outcome: 'completed' as const }, new Error('none'), ['Response not sent']],
  ['cut off, answered', { outcome: 'cut off' as const }, undefined, ['Handler cut off']],
  ['cut off, unanswered', { outcome: 'cut off' as const }, new Error('none'), ['Handler cut off', 'Response not sent']],
  ['failed, answered', failed(new Error('x')), undefined, ['Handler failed after the response']],
  ['failed, unanswered', failed(new Error('x')), new Error('x'), ['Handler failed before the response']],
  ['refused, answered', failed(new BadRequestError('x')), undefined, ['Handler failed after the response']],
  ['refused, unanswered', failed(new BadRequestError('x')), new Error('x'), ['Request refused']],
])('handle has %s', (_, ended, error, messages) => {
  const records = written((log) => {
    log.addHandlerOutcome(ended, error === undefined ? undefined : { error });
  });
  expect(records).toMatchObject(messages.map((message) => ({ message })));
});

test('a refusal tells its status and how many issues there were, and quotes none', () => {
  const issues = Array.from({ length: 50 }, () => ({ path: 'secret', message: 'secret' }));
  const refusal = new BadRequestError('secret', { issues, moreIssues: 7 });
  const records = written((log) => {
    log.addHandlerOutcome(failed(refusal), { error: refusal });
  });
  expect(records).toMatchObject([{ level: 'WARN', error_type: 'BadRequestError', status_code: 400, issues: 57 }]);
  expect(JSON.stringify(records)).not.toContain('secret');
});

test('a refusal that cannot be read, or has numbers that are none, is one all the same', () => {
  for (const refusal of [new Unreadable('x'), Object.assign(new BadRequestError('x'), { statusCode: 5n })]) {
    const records = written((log) => {
      log.addHandlerOutcome(failed(refusal), { error: refusal });
    });
    expect(records).toMatchObject([{ message: 'Request refused' }]);
  }
});

test('the report counts the failures before it, those without a record too', () => {
  const records = written(
    (log) => {
      log.addFailure('Background task failed', new Error('x'));
      log.addStray(new Error('x'));
      report(log);
    },
    { LOG_LEVEL: 'SILENT' },
  );
  expect(records).toMatchObject([{ Failures: 2 }]);
});

test('of more than a hundred failures a hundred are recorded, and the rest is counted', () => {
  const records = written((log) => {
    for (let index = 0; index < 150; index += 1) log.addFailure('Background task failed', new Error('x'));
    report(log);
  });
  expect(records).toHaveLength(102);
  expect(records.slice(-2)).toMatchObject([
    { level: 'ERROR', message: 'More failures', failures: 50 },
    { report: { failures: 150 }, Failures: 150 },
  ]);
});

test('of the tasks that are lost a hundred are recorded too, whatever else fails', () => {
  const records = written((log) => {
    for (let index = 0; index < 150; index += 1) {
      log.addFailure('Background task failed', new Error('x'));
      log.addLostTask(new Error('x'), { task: `task ${index}` });
    }
    report(log);
  });
  const lost = Array.from({ length: 100 }, (_, index) => ({ message: 'Background task lost', task: `task ${index}` }));
  expect(records.filter((_, index) => index < 200 && index % 2 === 1)).toMatchObject(lost);
  expect(records).toHaveLength(202);
  expect(records.slice(-2)).toMatchObject([{ message: 'More failures', failures: 100 }, { Failures: 300 }]);
});

test('what comes after the report is late', () => {
  const records = written((log) => {
    report(log);
    log.addFailure('Background task failed', new Error('x'), { task: 'audit' });
  });
  expect(records.slice(1)).toMatchObject([
    { message: 'Background task failed, after its invocation had ended', task: 'audit' },
    { Failures: 1 },
  ]);
});

test.each([
  ['the promise itself', (promise: Promise<unknown>) => ({ error: 'a text', work: promise })],
  ['its error', (_: Promise<unknown>, error: unknown) => ({ error, work: () => undefined })],
])('a task that fails by what had rejected before anybody awaited it counts once, known by %s', (_, of) => {
  const error = new Error('x');
  const promise = Promise.resolve();
  const task = of(promise, error);
  const records = written((log) => {
    log.addStray(error, promise);
    log.addTaskFailure(task.error, 'audit', task.work);
    report(log);
  });
  expect(records).toMatchObject([{ message: 'Error that nobody caught' }, { Failures: 1 }]);
});

test.each([
  ['itself', (promise: Promise<unknown>) => promise],
  ['another', () => Promise.resolve()],
])('the next task that fails with the same error has its own record, where the first one was %s', (_, workOf) => {
  const shared = new Error('x');
  const promise = Promise.resolve();
  const records = written((log) => {
    log.addStray(shared, promise);
    log.addTaskFailure(shared, 'first', workOf(promise));
    log.addTaskFailure(shared, 'second', () => undefined);
    log.addHandlerOutcome(failed(shared), undefined);
    report(log);
  });
  expect(records).toMatchObject([
    { message: 'Error that nobody caught' },
    { message: 'Background task failed', task: 'second' },
    { message: 'Handler failed after the response' },
    { Failures: 3 },
  ]);
});

class Unreadable extends RequestError {
  override get name(): string {
    throw new Error('name');
  }
  get statusCode(): number {
    throw new Error('status');
  }
}

function failed(error: unknown) {
  return { outcome: 'failed' as const, error };
}
