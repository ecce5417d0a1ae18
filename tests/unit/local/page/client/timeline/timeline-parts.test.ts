import { extentOf, ticks, timelineParts } from '../../../../../../local/page/client/timeline/timeline-parts';
import type { InvocationState } from '../../../../../../local/page/state';

const waiting: InvocationState = {
  ...{ id: 'id', requestId: 'id', attempt: 1, functionName: 'F', source: 'Function URL', title: 'GET /' },
  ...{ status: 'waiting', environmentId: undefined, receivedAt: 1_000, init: undefined, startedAt: undefined },
  ...{ answeredAt: undefined, endedAt: undefined, timeout: 15_000, httpStatus: undefined, report: undefined },
  ...{ tasks: [] },
  ...{ initDuration: undefined, billedDuration: undefined, memorySize: 128 },
  maxMemoryUsed: undefined,
};
const cold = { ...waiting, init: { from: 1_010, to: 1_110 }, startedAt: 1_110 };
const kindsOf = (invocation: InvocationState, now: number) =>
  timelineParts(invocation, now).segments.map(({ kind, from, to }) => [kind, from, to]);

test('grows from waiting over init and handle to the background work', () => {
  expect(kindsOf(waiting, 1_500)).toEqual([['waiting', 0, 500]]);
  const before = [
    ['waiting', 0, 10],
    ['init', 10, 110],
  ];
  expect(kindsOf(cold, 1_120)).toEqual([...before, ['handle', 110, 120]]);
  const answered = { ...cold, answeredAt: 1_115 };
  expect(kindsOf(answered, 3_000)).toEqual([...before, ['handle', 110, 115], ['background', 115, 2_000]]);
  expect(kindsOf({ ...answered, endedAt: 2_000 }, 9_000).at(-1)).toEqual(['background', 115, 1_000]);
});

test('reserve and timeout are counted from the start of the invocation, not from the request', () => {
  expect(timelineParts(cold, 2_000)).toMatchObject({ timeout: 15_110, reserve: 13_610 });
  expect(timelineParts({ ...cold, timeout: 60_000 }, 2_000)).toMatchObject({ reserve: 58_110 });
});

test('a task is drawn where it was, and not past the end', () => {
  const tasks = [{ name: 'audit', outcome: 'cut off' as const, from: 1_115, to: 9_000 }];
  const { tasks: bars } = timelineParts({ ...cold, answeredAt: 1_115, endedAt: 3_000, tasks }, 0);
  expect(bars).toEqual([{ name: 'audit', outcome: 'cut off', from: 115, to: 2_000 }]);
});

test('a task without an outcome grows, and has ended with its invocation', () => {
  const tasks = [{ name: 'audit', outcome: undefined, from: 1_115, to: undefined }];
  const answered = { ...cold, answeredAt: 1_115, tasks };
  expect(timelineParts(answered, 1_500).tasks).toEqual([{ name: 'audit', outcome: 'running', from: 115, to: 500 }]);
  const killed = { ...answered, endedAt: 2_000 };
  expect(timelineParts(killed, 9_000).tasks).toEqual([{ name: 'audit', outcome: 'ended', from: 115, to: 1_000 }]);
});

test('the width stands for the timeout, unless it has ended long before that', () => {
  const extent = (invocation: InvocationState, now: number) => extentOf(timelineParts(invocation, now), 15_000);
  expect(extent(cold, 1_200)).toBeGreaterThan(15_000);
  expect(extent({ ...cold, endedAt: 11_000 }, 0)).toBeGreaterThan(15_000);
  expect(extent({ ...cold, endedAt: 1_200 }, 0)).toBe(250);
});

test('marks of time are round numbers', () => {
  expect(ticks(15_300, 6)).toEqual([0, 5_000, 10_000, 15_000]);
  expect(ticks(250, 6)).toEqual([0, 50, 100, 150, 200, 250]);
});
