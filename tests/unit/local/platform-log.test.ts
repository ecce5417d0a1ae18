import { failureLines, initFailureLine, initStartLine, reportLine } from '../../../local/platform-log';

const report = { requestId: 'id', duration: 12.344, memorySize: 128, maxMemoryUsed: 61, initDuration: undefined };

test('REPORT has the columns of CloudWatch, a tab after each', () => {
  expect(reportLine(report)).toBe(
    'REPORT RequestId: id\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\t',
  );
});

test('REPORT of a cold start bills the init too', () => {
  expect(reportLine({ ...report, initDuration: 100.5 })).toContain(
    'Billed Duration: 113 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\tInit Duration: 100.50 ms\t',
  );
});

test('REPORT leaves out a memory that nobody measured, and says how the platform ended the invocation', () => {
  expect(reportLine({ ...report, maxMemoryUsed: undefined, failure: { status: 'timeout' } })).toMatch(
    /\tMemory Size: 128 MB\tStatus: timeout\t$/,
  );
});

test('INIT_START names the runtime', () => {
  expect(initStartLine('nodejs24.x', '24.21.0')).toBe('INIT_START Runtime Version: nodejs:24 (Node.js 24.21.0)');
});

test('INIT_REPORT says why init failed', () => {
  expect(initFailureLine(1.5, { status: 'error', errorType: 'RangeError' })).toBe(
    'INIT_REPORT Init Duration: 1.50 ms\tPhase: init\tStatus: error\tError Type: RangeError\t',
  );
});

test('a timeout is told on one line, another end of the process on two', () => {
  const [timeout] = failureLines('id', {
    errorType: 'Sandbox.Timedout',
    errorMessage: 'RequestId: id Error: Task timed out after 3.00 seconds',
  });
  expect(timeout).toMatch(/^\d{4}-.*Z id Task timed out after 3\.00 seconds$/);
  expect(failureLines('id', { errorType: 'Runtime.ExitError', errorMessage: 'exited' })).toEqual([
    'exited',
    'Runtime.ExitError',
  ]);
});
