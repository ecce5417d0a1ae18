import { readConsoleLine, readRecord } from '../../../../local/log/function-record';
import { readError } from '../../../../runtime/failures/read-error';
import { RecordWriter } from '../../../../runtime/log/record-writer';
import { identity } from '../../../helpers/identity';
import { writtenRecords } from '../../../helpers/written-records';

/** Reads back what the library itself has written. */
const readBack = (write: (records: RecordWriter) => void) =>
  writtenRecords(() => {
    write(new RecordWriter({}));
  }).map((record) => readRecord(JSON.stringify(record)));

const report = {
  requestId: 'request-1',
  coldStart: false,
  responseMs: 3,
  backgroundMs: 1_000,
  handler: 'completed',
  tasks: [{ name: 'audit', outcome: 'failed', startMs: 4, milliseconds: 900 }],
  failures: 1,
};

test('reads the report of an invocation, and counts its metrics among nothing of its own', () => {
  const values = { counts: { Failures: 1 }, milliseconds: { BackgroundTime: 1_000 } };
  const [record] = readBack((writer) => {
    writer.writeReport(identity(), report, values);
  });
  expect(record).toMatchObject({ level: 'INFO', message: 'Invocation report', report, own: {} });
});

test('reads an error with its causes, and keeps what is the record’s own', () => {
  const error = new Error('no answer', { cause: new TypeError('no network', { cause: 'unplugged' }) });
  const [record] = readBack((writer) => {
    writer.write('ERROR', identity(), 'Background task failed', { task: 'audit', error: readError(error) });
  });
  expect(record).toMatchObject({
    level: 'ERROR',
    own: { task: 'audit' },
    error: { name: 'Error', message: 'no answer', cause: { name: 'TypeError', message: 'no network' } },
  });
  expect(Object.keys(record?.own ?? {})).toEqual(['task']);
  expect(record?.error?.stack).toContain('\n    at ');
});

test('what only looks like an error or a report stays the record’s own', () => {
  const record = readRecord('{"message":"m","error":"E42","report":{"pages":3}}');
  expect(record).toMatchObject({ error: undefined, report: undefined, own: { error: 'E42', report: { pages: 3 } } });
});

test.each(['plain text', '{broken', '{"level":"INFO"}', '{"message":7}', '["message"]'])('%s is no record', (text) => {
  expect(readRecord(text)).toBeUndefined();
});

describe('what the runtime client says of a failed invocation is an error as any other', () => {
  const stack = ['TypeError: no', 'answer', '    at handler (app.js:1:2)'];
  const failure = { errorType: 'TypeError', errorMessage: 'no\nanswer' };
  const error = { name: 'TypeError', message: 'no\nanswer', stack: stack.join('\n') };

  test('as text', () => {
    const line = `2026-05-03T09:08:07.006Z\tid\tERROR\tInvoke Error \t${JSON.stringify({ ...failure, stack })}`;
    expect(readConsoleLine(line)).toMatchObject({ level: 'ERROR', message: 'Invoke Error', error });
  });

  test('as JSON', () => {
    const message = { ...failure, stackTrace: stack };
    expect(readRecord(JSON.stringify({ level: 'ERROR', message }))).toMatchObject({
      level: 'ERROR',
      message: '',
      error,
    });
  });

  test.each(['Invoke Error \t{broken', 'Invoke Error \t{"errorType":7}', 'Order Error \tnone'])(
    '%j stays the message that it is',
    (message) => {
      expect(readConsoleLine(`2026-05-03T09:08:07.006Z\tid\tERROR\t${message}`)).toMatchObject({
        message,
        error: undefined,
      });
    },
  );
});
