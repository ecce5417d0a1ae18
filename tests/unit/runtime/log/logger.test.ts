import { InvocationLogger, type LambdaLogger } from '../../../../runtime/log/logger';
import { RecordWriter } from '../../../../runtime/log/record-writer';
import { identity } from '../../../helpers/identity';
import { writtenRecords } from '../../../helpers/written-records';

const logged = (log: (logger: LambdaLogger) => void, environment: NodeJS.ProcessEnv = {}): unknown[] =>
  writtenRecords(() => {
    log(new InvocationLogger(new RecordWriter(environment), identity()));
  });

test('a record has the keys that Powertools Logger gives its records, and those of its details', () => {
  const [record] = logged((logger) => {
    logger.info('served', { order: 7 }, 'to the caller');
  });
  expect(record).toHaveProperty('timestamp', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/));
  expect(record).toMatchObject({
    level: 'INFO',
    message: 'served',
    service: 'Orders-1',
    cold_start: false,
    function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:Orders-1',
    function_memory_size: '128',
    function_name: 'Orders-1',
    function_request_id: 'request-1',
    order: 7,
    extra: 'to the caller',
  });
});

test.each([
  [{}, ['INFO', 'WARN', 'ERROR', 'CRITICAL']],
  [{ LOG_LEVEL: 'trace' }, ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL']],
  [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, ['ERROR', 'CRITICAL']],
  [{ LOG_LEVEL: 'silent' }, []],
])('with %j it writes %j', (environment, levels) => {
  const records = logged((logger) => {
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'critical'] as const) logger[level]('message');
  }, environment);
  expect(records).toMatchObject(levels.map((level) => ({ level })));
});

test('keys are of all later records, those of children too; a child keeps its own to itself', () => {
  const records = logged((logger) => {
    logger.appendKeys({ order: 1 });
    logger.createChild({ part: 'child' }).info('child');
    logger.info('parent');
  });
  expect(records).toMatchObject([{ order: 1, part: 'child' }, { order: 1 }]);
  expect(records[1]).not.toHaveProperty('part');
});

test('of an error it writes name, message, stack, code and causes, and no other property: a request has its credentials there', () => {
  const error = Object.assign(new TypeError('no answer', { cause: new Error('no network') }), {
    config: { token: 'secret' },
    toJSON: () => ({ token: 'secret' }),
  });
  const records = logged((logger) => {
    logger.error('failed', error);
    logger.error('failed', { failure: error });
  });
  expect(records).toMatchObject([
    { error: { name: 'TypeError', message: 'no answer', cause: { name: 'Error', message: 'no network' } } },
    { failure: { name: 'TypeError', message: 'no answer' } },
  ]);
  expect(JSON.stringify(records)).not.toContain('secret');
});

test('what is no JSON does not keep a record from being written', () => {
  const circle: Record<string, unknown> = { order: 1 };
  circle['self'] = circle;
  const records = logged((logger) => {
    logger.info('a circle', { circle, kept: 2 });
    logger.info('a bigint', { count: 3n });
    logger.info('a getter', {
      get broken(): string {
        throw new Error('broken');
      },
    });
    const trap = () => {
      throw new Error('trap');
    };
    logger.info('a Proxy', new Proxy({}, { getPrototypeOf: trap }));
  });
  expect(records).toMatchObject([
    { message: 'a circle', kept: 2 },
    { message: 'a bigint', count: '3' },
    { message: 'a getter', not_logged: 'broken' },
    { message: 'a Proxy', not_logged: 'trap' },
  ]);
  expect(records[0]).toHaveProperty('not_logged', expect.stringContaining('circular'));
});

test('no detail takes the place of what says whose record it is', () => {
  const [record] = logged((logger) => {
    logger.info('mine', { message: 'other', level: 'ERROR', function_request_id: 'other' });
  });
  expect(record).toMatchObject({ message: 'mine', level: 'INFO', function_request_id: 'request-1' });
});

test('a LOG_LEVEL that is no level is told once, by a warning', () => {
  const records = logged(
    (logger) => {
      logger.info('message');
    },
    { LOG_LEVEL: 'verbose' },
  );
  expect(records).toMatchObject([{ level: 'WARN' }, { level: 'INFO' }]);
  expect(records[0]).toHaveProperty('message', expect.stringContaining('received "verbose"'));
});
