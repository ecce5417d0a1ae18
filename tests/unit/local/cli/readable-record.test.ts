import { readableRecord } from '../../../../local/cli/readable-record';
import { readConsoleLine, readRecord } from '../../../../local/log/function-record';

function shown(record: object, columns = 120): string[] {
  const read = readRecord(JSON.stringify({ message: '', ...record }));
  if (!read) throw new Error('Expected a record');
  return readableRecord(read, { paint: (_style, text) => text, columns });
}

const timestamp = new Date(2026, 4, 3, 9, 8, 7, 6).toISOString();

test('a record is one line: time, level, message, then its own', () => {
  const own = { orderId: 42, customer: { name: 'Ada' }, service: 'orders' };
  expect(shown({ level: 'INFO', message: 'sent', timestamp, ...own })).toEqual([
    '09:08:07.006 INFO  sent  orderId=42 customer={"name":"Ada"}',
  ]);
});

test('a line of console is shown as a record is', () => {
  const read = readConsoleLine(`${timestamp}\t4c8edd74-d776-4df9-9714-19086ab59bfd\tERROR\tfirst\rsecond\tcolumn`);
  expect(read && readableRecord(read, { paint: (_style, text) => text, columns: 120 })).toEqual([
    '09:08:07.006 ERROR first\nsecond\tcolumn',
  ]);
});

test.each(['any text', '', 'a\tb\tINFO\tc', '2026-05-03T09:08:07.006Z and more'])(
  '%j is no line of console',
  (text) => {
    expect(readConsoleLine(text)).toBeUndefined();
  },
);

test('what is its own is cut at the width of the terminal, the message is not', () => {
  const [line] = shown({ level: 'INFO', message: 'sent', timestamp, text: 'x'.repeat(500) });
  expect(line).toHaveLength(120);
  expect(line).toMatch(/x…$/);
  expect(shown({ message: 'y'.repeat(200) })[0]).toContain('y'.repeat(200));
});

test('an error of several lines is shown with its stack and its cause', () => {
  const error = { name: 'Error', message: 'no\nanswer', stack: 'Error: no\nanswer\n    at work (app.ts:1:2)' };
  expect(shown({ level: 'ERROR', message: 'failed', timestamp, error: { ...error, cause: 'unplugged' } })).toEqual([
    '09:08:07.006 ERROR failed',
    '    Error: no',
    '    answer',
    '      at work (app.ts:1:2)',
    '    caused by unplugged',
  ]);
});

test('nothing in a record controls the terminal, and only a message and that of an error have lines', () => {
  const [clear, forged] = ['\u001b[2J\u007f\u009b', 'x\nREPORT RequestId: 1'];
  const texts = {
    level: `ERROR${forged}`,
    message: `tab\tline\n${clear}`,
    detail: forged,
    own: { clear },
    [forged]: 1,
  };
  const stack = `Error: x\n    at ${clear} (a.ts)`;
  const error = { name: `E${clear}`, message: `first\r\n${clear}`, stack, cause: forged };
  const task = { name: forged, outcome: 'failed', milliseconds: 1 };
  const report = {
    requestId: 'r',
    coldStart: false,
    responseMs: 3,
    backgroundMs: 4,
    handler: 'completed',
    failures: 0,
  };
  const escape = String.raw`\u001b[2J\u007f\u009b`;
  const line = String.raw`x\nREPORT RequestId: 1`;
  expect(shown({ timestamp, ...texts, error }, 1_000)).toEqual([
    `09:08:07.006 ERROR${line} tab\tline\n${escape}  detail=${line} own={"clear":"${escape}"} ${line}=1`,
    `    E${escape}: first`,
    `    ${escape}`,
    `      at ${escape} (a.ts)`,
    '    caused by x',
    '    REPORT RequestId: 1',
  ]);
  expect(
    shown({ timestamp, level: 'INFO', report: { ...report, tasks: [task, { ...task, outcome: 'completed' }] } }),
  ).toEqual([`09:08:07.006 INFO  answered in 3 ms, background 4 ms, ${line} failed 1 ms, ${line} completed 1 ms`]);
});

test('a report says when the caller was answered and what became of each task', () => {
  const report = {
    ...{ requestId: 'r', coldStart: true, responseMs: 3, backgroundMs: 10_004, handler: 'failed', failures: 2 },
    tasks: [
      { name: 'audit record', outcome: 'completed', startMs: 3, milliseconds: 20 },
      { name: 'webhook', outcome: 'cut off', startMs: 3, milliseconds: 9_000 },
    ],
    moreTasks: { completed: 20, failed: 0, 'cut off': 1 },
  };
  const [line] = shown({ level: 'INFO', message: 'Invocation report', timestamp, report }, 20);
  expect(line).toBe(
    '09:08:07.006 INFO  answered in 3 ms, background 10.0 s, handler failed, audit record completed 20 ms, ' +
      'webhook cut off 9.0 s, 20 more completed, 1 more cut off, 2 failures, cold start',
  );
});

test.each([
  [{ handler: 'failed', failures: 1 }, 'queued task send receipt failed, 1 failure'],
  [{ handler: 'completed', responseMs: 42 }, 'queued task send receipt completed 42 ms'],
  [{ handler: 'cut off' }, 'queued task send receipt cut off'],
])('a report of a queued task says its name and what became of it, %j', (outcome, text) => {
  const queuedTask = { name: 'send receipt', id: 'id' };
  const report = { requestId: 'r', coldStart: false, backgroundMs: 0, failures: 0, tasks: [], queuedTask, ...outcome };
  expect(shown({ level: 'INFO', message: 'Invocation report', timestamp, report })).toEqual([
    `09:08:07.006 INFO  ${text}`,
  ]);
});
