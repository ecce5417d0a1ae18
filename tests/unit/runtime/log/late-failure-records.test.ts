import { LateFailureRecords } from '../../../../runtime/log/late-failure-records';
import { RecordWriter } from '../../../../runtime/log/record-writer';
import { identity } from '../../../helpers/identity';
import { writtenRecords } from '../../../helpers/written-records';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const add = (failures: LateFailureRecords, times: number) =>
  writtenRecords(() => {
    for (let index = 0; index < times; index += 1) failures.add('Handler failed', new Error(`error ${index}`));
  });
const aSecond = () =>
  writtenRecords(() => {
    jest.advanceTimersByTime(1_000);
  });

test('a late failure is a record and a metric under the id of its own request', () => {
  expect(add(new LateFailureRecords(new RecordWriter({}), identity()), 1)).toMatchObject([
    {
      level: 'ERROR',
      message: 'Handler failed, after its invocation had ended',
      function_request_id: 'request-1',
      error: { message: 'error 0' },
    },
    { Failures: 1, function_request_id: 'request-1' },
  ]);
  expect(aSecond()).toEqual([]);
});

test('a failure of no invocation has no request id', () => {
  const [record, metrics] = add(new LateFailureRecords(new RecordWriter({}), undefined), 1);
  expect(record).toMatchObject({ message: 'Handler failed, outside of any invocation' });
  expect(record).not.toHaveProperty('function_request_id');
  expect(metrics).toMatchObject({ Failures: 1 });
});

test('of more than a hundred in a second the rest is one record and one metric, and all over again in the next', () => {
  const failures = new LateFailureRecords(new RecordWriter({}), identity());
  for (let second = 0; second < 2; second += 1) {
    expect(add(failures, 1_000)).toHaveLength(200);
    expect(aSecond()).toMatchObject([
      { level: 'ERROR', message: 'More failures, after its invocation had ended', failures: 900 },
      { Failures: 900 },
    ]);
  }
});
