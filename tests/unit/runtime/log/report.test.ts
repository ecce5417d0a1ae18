import { array, literal, looseObject, number, parse, picklist, string, tuple } from 'valibot';
import type { TaskReport } from '../../../../runtime/tasks/background-tasks';
import { type InvocationReport, ReportWriter } from '../../../../runtime/log/report';

afterEach(() => {
  jest.restoreAllMocks();
});

const report: InvocationReport = {
  requestId: 'request-1',
  coldStart: true,
  responseMs: 3,
  backgroundMs: 1_000,
  handler: 'completed',
  tasks: [
    { name: 'audit', outcome: 'completed', milliseconds: 900 },
    { name: 'cache', outcome: 'failed', milliseconds: 5 },
    { name: 'hook', outcome: 'cut off', milliseconds: 990 },
  ],
  failures: 1,
};

test('report and metrics of an invocation are one INFO record', () => {
  const [record, ...others] = recordsOf(report);
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    level: 'INFO',
    message: 'Invocation report',
    service: 'orders',
    function_name: 'Orders-1',
    function_request_id: 'request-1',
    report,
    ...{ ColdStarts: 1, Failures: 1, CutOff: 1, TasksCompleted: 1, TasksFailed: 1 },
    ...{ ResponseTime: 3, BackgroundTime: 1_000 },
  });
});

test('every metric and every dimension that the record announces is a key of it', () => {
  const [record] = recordsOf(report);
  const [{ Namespace, Dimensions, Metrics }] = parse(EmbeddedMetrics, record)._aws.CloudWatchMetrics;
  expect(Namespace).toBe('BackgroundTasks');
  for (const dimension of Dimensions[0]) expect(record).toHaveProperty(dimension, expect.any(String));
  for (const { Name } of Metrics) expect(record).toHaveProperty(Name, expect.any(Number));
  expect(Metrics).toContainEqual({ Name: 'BackgroundTime', Unit: 'Milliseconds' });
  expect(Metrics).toContainEqual({ Name: 'Failures', Unit: 'Count' });
});

test('an invocation without a response has no response time, neither as a metric', () => {
  const { responseMs, ...withoutResponse } = report;
  expect(responseMs).toBeDefined();
  const [record] = recordsOf(withoutResponse);
  expect(record).not.toHaveProperty('ResponseTime');
  expect(JSON.stringify(record)).not.toContain('ResponseTime');
});

test('where the log level leaves the report out, the metrics are written all the same', () => {
  const [record, ...others] = recordsOf(report, { LOG_LEVEL: 'warn' });
  expect(others).toEqual([]);
  expect(record).toMatchObject({ Failures: 1, service: 'orders', function_name: 'Orders-1' });
  for (const key of ['level', 'message', 'report']) expect(record).not.toHaveProperty(key);
});

test('a report too long to be sure of gets no metrics into it: they come in a record of their own', () => {
  const tasks = Array.from({ length: 101 }, (_, index): TaskReport => {
    return { name: `task ${index}`, outcome: 'completed', milliseconds: 1 };
  });
  const [first, second, ...others] = recordsOf({ ...report, tasks });
  expect(others).toEqual([]);
  expect(first).toMatchObject({ level: 'INFO', report: { tasks } });
  expect(first).not.toHaveProperty('_aws');
  expect(second).toMatchObject({ TasksCompleted: 101, function_request_id: 'request-1' });
  expect(second).not.toHaveProperty('report');
});

test('the namespace can be another, and a service without a name has that of the function', () => {
  const [record] = recordsOf(report, { POWERTOOLS_SERVICE_NAME: undefined, POWERTOOLS_METRICS_NAMESPACE: 'Shop' });
  expect(record).toMatchObject({ service: 'Orders-1', _aws: { CloudWatchMetrics: [{ Namespace: 'Shop' }] } });
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

/** What the writer sends to stdout, a record a line. */
function recordsOf(written: InvocationReport, environment: NodeJS.ProcessEnv = {}): unknown[] {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  new ReportWriter({ POWERTOOLS_SERVICE_NAME: 'orders', ...environment }).write(
    { awsRequestId: 'request-1', functionName: 'Orders-1' },
    written,
  );
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
  return lines.map((line): unknown => JSON.parse(line));
}
