import { graceOver, startDeadline } from '../../../runtime/deadline';
import { DeadlineApproachingError } from '../../../runtime/errors';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
afterEach(() => jest.useRealTimers());

test.each([
  ['a tenth of the time that remains', 15_000, {}, 1_500],
  ['200 ms at least', 1_000, {}, 200],
  ['2 s at most', 900_000, {}, 2_000],
  ['what was asked for', 15_000, { reserve: 5_000, leastReserve: 1_000 }, 5_000],
  ['more at least, where a hand-over has to fit in', 3_000, { leastReserve: 1_000 }, 1_000],
  ['of a short time half', 1_000, { leastReserve: 1_000 }, 500],
])(
  'the signal aborts %s before the deadline, the grace ends half of that later',
  async (_, remaining, asked, reserve) => {
    const controller = new AbortController();
    const deadline = startDeadline(controller, remaining, asked);
    const grace = jest.fn();
    const graceSeen = deadline.graceOver.then(grace);

    await jest.advanceTimersByTimeAsync(remaining - reserve - 1);
    expect(controller.signal.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(controller.signal.reason).toEqual(
      new DeadlineApproachingError(`Lambda ends this invocation in ${reserve} ms`),
    );

    await jest.advanceTimersByTimeAsync(reserve / 2 - 1);
    expect(grace).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await graceSeen;
    expect(grace).toHaveBeenCalledWith(graceOver);
  },
);

// A timer past 2^31 - 1 ms is one of 1 ms.
test.each([[Infinity], [NaN], [2 ** 31 + 15_000], [Number.MAX_VALUE]])(
  'with %p ms left nothing is cut off for days',
  async (remaining) => {
    const controller = new AbortController();
    const deadline = startDeadline(controller, remaining);
    await jest.advanceTimersByTimeAsync(24 * 60 * 60 * 1_000);
    expect(controller.signal.aborted).toBe(false);
    deadline.stop();
  },
);

test('with no time left the signal aborts at once', async () => {
  const controller = new AbortController();
  const deadline = startDeadline(controller, -5);
  await jest.advanceTimersByTimeAsync(1);
  expect(controller.signal.aborted).toBe(true);
  await expect(deadline.graceOver).resolves.toBe(graceOver);
});

test('once stopped it leaves no timer behind', () => {
  const controller = new AbortController();
  const deadline = startDeadline(controller, 15_000);
  deadline.stop();
  expect(jest.getTimerCount()).toBe(0);
  expect(controller.signal.aborted).toBe(false);
});
