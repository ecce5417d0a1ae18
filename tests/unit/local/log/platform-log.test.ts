import type { PlatformFormat } from '../../../../local/log/platform-log';
import { jsonFormat } from '../../../../local/log/json-format';
import { textFormat } from '../../../../local/log/text-format';

const report = { requestId: 'id', duration: 12.3444, memorySize: 128, maxMemoryUsed: 61, initDuration: undefined };
const init = {
  functionName: 'Greeter',
  environmentId: 'e1',
  runtime: 'nodejs24.x',
  nodeVersion: '24.21.0',
  memorySize: 128,
};
const failure = { status: 'error', errorType: 'Runtime.ExitError' } as const;

describe('the text format', () => {
  test('ends an invocation with END and a REPORT with the columns of CloudWatch, a tab after each', () => {
    expect(textFormat.end(report)).toEqual([
      'END RequestId: id',
      'REPORT RequestId: id\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\t',
    ]);
  });

  test('bills the init of a cold start too', () => {
    expect(textFormat.end({ ...report, initDuration: 100.5 })[1]).toContain(
      'Billed Duration: 113 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\tInit Duration: 100.50 ms\t',
    );
  });

  test('leaves out a memory that nobody measured, and says how the platform ended the invocation', () => {
    expect(textFormat.end({ ...report, maxMemoryUsed: undefined, failure: { status: 'timeout' } })[1]).toMatch(
      /\tMemory Size: 128 MB\tStatus: timeout\t$/,
    );
  });

  test('names the runtime in INIT_START', () => {
    expect(textFormat.initStart(init)).toEqual(['INIT_START Runtime Version: nodejs:24 (Node.js 24.21.0)']);
  });

  test('has an INIT_REPORT only for an init that failed, and says why', () => {
    expect(textFormat.initReport({ phase: 'init', duration: 1.5 })).toEqual([]);
    expect(textFormat.initReport({ phase: 'invoke', duration: 1.5, failure })).toEqual([
      'INIT_REPORT Init Duration: 1.50 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\t',
    ]);
  });

  test('tells a timeout on one line, another end of the process on two', () => {
    const [timeout] = textFormat.failure('id', {
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: id Error: Task timed out after 3.00 seconds',
    });
    expect(timeout).toMatch(/^\d{4}-.*Z id Task timed out after 3\.00 seconds$/);
    expect(textFormat.failure('id', { errorType: 'Runtime.ExitError', errorMessage: 'exited' })).toEqual([
      'exited',
      'Runtime.ExitError',
    ]);
  });
});

describe('the JSON format', () => {
  const records = (lines: readonly string[]): unknown[] => lines.map((line): unknown => JSON.parse(line));
  const typesOf = (format: PlatformFormat) =>
    [
      format.initStart(init),
      format.initReport({ phase: 'init', duration: 1 }),
      format.start('id'),
      format.end(report),
      format.end({ ...report, failure }),
    ].map((lines) => lines.map((line) => /"type":"platform\.(\w+)"/.exec(line)?.[1]));

  test('has records with the fields of AWS', () => {
    const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const format = jsonFormat();
    expect(records(format.initStart(init))).toEqual([
      {
        time,
        type: 'platform.initStart',
        record: {
          initializationType: 'on-demand',
          phase: 'init',
          runtimeVersion: 'nodejs:24 (Node.js 24.21.0)',
          functionName: 'Greeter',
          functionVersion: '$LATEST',
          instanceId: 'e1',
          instanceMaxMemory: 134_217_728,
        },
      },
    ]);
    expect(records(format.start('id'))).toEqual([
      { time, type: 'platform.start', record: { requestId: 'id', version: '$LATEST' } },
    ]);
    const metrics = { durationMs: 12.344, billedDurationMs: 113, memorySizeMB: 128, maxMemoryUsedMB: 61 };
    expect(records(format.end({ ...report, initDuration: 100.5 }))).toEqual([
      {
        time,
        type: 'platform.report',
        record: { requestId: 'id', status: 'success', metrics: { ...metrics, initDurationMs: 100.5 } },
      },
    ]);
    expect(records(format.end({ ...report, failure }))[1]).toMatchObject({
      type: 'platform.report',
      record: { status: 'error', errorType: 'Runtime.ExitError' },
    });
  });

  test('logs what the system log level lets through, INFO and above by default', () => {
    const failed = ['runtimeDone', 'report'];
    expect(typesOf(jsonFormat())).toEqual([['initStart'], [], ['start'], ['report'], failed]);
    expect(typesOf(jsonFormat('WARN'))).toEqual([[], [], [], [], failed]);
    expect(typesOf(jsonFormat('DEBUG'))).toEqual([
      ['initStart'],
      ['initRuntimeDone', 'initReport'],
      ['start'],
      ['runtimeDone', 'report'],
      failed,
    ]);
  });
});
