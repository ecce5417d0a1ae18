import { endedBy, readablePlatformLine } from '../../../../local/log/readable-platform-line';
import { jsonFormat } from '../../../../local/log/json-format';
import { textFormat } from '../../../../local/log/text-format';

const report = {
  requestId: '4c8edd74-d776-4df9-9714-19086ab59bfd',
  duration: 100_009.93,
  memorySize: 1_024,
  maxMemoryUsed: 571,
  initDuration: 1_143.21,
};

test('START and END name the invocation shortly', () => {
  expect(textFormat.start(report.requestId).map((line) => readablePlatformLine(line))).toEqual(['START 4c8edd74']);
});

test('REPORT fits in 120 columns, and loses nothing but the rest of the id', () => {
  const [end, last] = textFormat.end(report).map((line) => readablePlatformLine(line));
  expect(end).toBe('END 4c8edd74');
  expect(last).toBe(
    'REPORT 4c8edd74  Duration: 100009.93 ms  Billed Duration: 101154 ms  Memory: 571 of 1024 MB  Init Duration: 1143.21 ms',
  );
  expect(last?.length).toBeLessThanOrEqual(120);
  const [, marked] = textFormat.end(report).map((line) => readablePlatformLine(line, { withId: false }));
  expect(`4c8edd74 ${String(marked)}`.length).toBeLessThanOrEqual(120);
});

test('a REPORT of a failure says it, and memory that is not known is not made up', () => {
  const failed = {
    ...report,
    maxMemoryUsed: undefined,
    initDuration: undefined,
    failure: { status: 'timeout' } as const,
  };
  const last = textFormat
    .end(failed)
    .map((line) => readablePlatformLine(line))
    .at(-1);
  expect(last).toMatch(/ {2}Memory: 1024 MB {2}Status: timeout$/);
});

test.each([textFormat, jsonFormat()])('the last line of an invocation names it', (format) => {
  const lines = format.end(report);
  expect(lines.map(endedBy).at(-1)).toBe(report.requestId);
  expect(format.start(report.requestId).map(endedBy)).toEqual([undefined]);
});
