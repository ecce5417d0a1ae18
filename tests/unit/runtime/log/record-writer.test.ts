import { array, literal, looseObject, number, parse, picklist, string, tuple } from 'valibot';
import { RecordWriter } from '../../../../runtime/log/record-writer';
import { identity } from '../../../helpers/identity';
import { writtenRecords } from '../../../helpers/written-records';

const values = { counts: { Failures: 1 }, milliseconds: { BackgroundTime: 7 } };

const written = (write: (records: RecordWriter) => void, environment: NodeJS.ProcessEnv = {}) =>
  writtenRecords(() => {
    write(new RecordWriter({ POWERTOOLS_SERVICE_NAME: 'orders', ...environment }));
  });

test('report and metrics of an invocation are one INFO record', () => {
  const records = written((writer) => {
    writer.writeReport(identity(), { handler: 'completed' }, values);
  });
  expect(records).toEqual([
    expect.objectContaining({
      level: 'INFO',
      message: 'Invocation report',
      service: 'orders',
      function_name: 'Orders-1',
      function_request_id: 'request-1',
      report: { handler: 'completed' },
      Failures: 1,
      BackgroundTime: 7,
    }),
  ]);
});

test('every metric and every dimension that a record announces is a key of it', () => {
  const [record] = written((writer) => {
    writer.writeReport(identity(), {}, values);
  });
  const [{ Namespace, Dimensions, Metrics }] = parse(EmbeddedMetrics, record)._aws.CloudWatchMetrics;
  expect(Namespace).toBe('BackgroundTasks');
  for (const dimension of Dimensions[0]) expect(record).toHaveProperty(dimension, expect.any(String));
  for (const { Name } of Metrics) expect(record).toHaveProperty(Name, expect.any(Number));
  expect(Metrics).toEqual([
    { Name: 'Failures', Unit: 'Count' },
    { Name: 'BackgroundTime', Unit: 'Milliseconds' },
  ]);
});

test('where the log level leaves the report out, the metrics are written all the same', () => {
  const [record, ...others] = written(
    (writer) => {
      writer.writeReport(identity(), {}, values);
    },
    { LOG_LEVEL: 'warn' },
  );
  expect(others).toEqual([]);
  expect(record).toMatchObject({ Failures: 1, service: 'orders', function_name: 'Orders-1' });
  for (const key of ['level', 'message', 'report']) expect(record).not.toHaveProperty(key);
});

test('the namespace can be another, and a service without a name has that of the function', () => {
  const [record] = written(
    (writer) => {
      writer.writeMetrics(identity(), values);
    },
    { POWERTOOLS_SERVICE_NAME: undefined, POWERTOOLS_METRICS_NAMESPACE: 'Shop' },
  );
  expect(record).toMatchObject({ service: 'Orders-1', _aws: { CloudWatchMetrics: [{ Namespace: 'Shop' }] } });
});

// As a template does that passes an empty parameter on. CloudWatch drops metrics of a dimension without a value.
test.each([[''], ['  ']])('a name of %j is none', (name) => {
  const [record] = written(
    (writer) => {
      writer.writeMetrics(identity(), values);
    },
    { POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_METRICS_NAMESPACE: name },
  );
  expect(record).toMatchObject({
    service: 'Orders-1',
    _aws: { CloudWatchMetrics: [{ Namespace: 'BackgroundTasks' }] },
  });
});

test('what went wrong has the keys that Powertools Logger gives its records', () => {
  const trace = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1';
  const [record] = written((writer) => {
    writer.write('ERROR', identity({ coldStart: true, trace }), 'Background task failed', { task: 'audit' });
  });
  expect(record).toHaveProperty('timestamp', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/));
  expect(record).toMatchObject({
    level: 'ERROR',
    message: 'Background task failed',
    service: 'orders',
    cold_start: true,
    function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:Orders-1',
    function_memory_size: '128',
    function_name: 'Orders-1',
    function_request_id: 'request-1',
    xray_trace_id: '1-67891233-abcdef012345678912345678',
    task: 'audit',
  });
});

test('what belongs to no invocation names the function only', () => {
  const environment = { AWS_LAMBDA_FUNCTION_NAME: 'Orders-1' };
  const records = written((writer) => {
    writer.write('ERROR', undefined, 'Error that nobody caught', {});
    writer.writeMetrics(undefined, values);
  }, environment);
  expect(records).toEqual([
    expect.objectContaining({ function_name: 'Orders-1' }),
    expect.objectContaining({ function_name: 'Orders-1', service: 'orders', Failures: 1 }),
  ]);
  for (const record of records) expect(record).not.toHaveProperty('function_request_id');
});

test.each([
  ['INFO', ['WARN', 'ERROR']],
  ['ERROR', ['ERROR']],
  ['CRITICAL', []],
  ['SILENT', []],
])('at %s it writes what went wrong at %j', (LOG_LEVEL, levels) => {
  const records = written(
    (writer) => {
      writer.write('WARN', identity(), 'Request refused', {});
      writer.write('ERROR', identity(), 'Background task failed', {});
    },
    { LOG_LEVEL },
  );
  expect(records).toMatchObject(levels.map((level) => ({ level })));
});

const EmbeddedMetrics = looseObject({
  _aws: looseObject({
    Timestamp: number(),
    CloudWatchMetrics: tuple([
      looseObject({
        Namespace: string(),
        Dimensions: tuple([tuple([literal('service'), literal('function_name')])]),
        Metrics: array(looseObject({ Name: string(), Unit: picklist(['Count', 'Milliseconds']) })),
      }),
    ]),
  }),
});
