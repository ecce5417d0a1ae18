import { graceOver, startDeadline } from '../../../runtime/deadline';
import { DeadlineApproachingError } from '../../../runtime/errors';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test.each([
  ['a tenth of the time that remains', 15_000, undefined, 1_500],
  ['200 ms at least', 1_000, undefined, 200],
  ['2 s at most', 900_000, undefined, 2_000],
  ['what was asked for', 15_000, 5_000, 5_000],
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

test('once stopped it leaves no timer behind', () => {
  const controller = new AbortController();
  const deadline = startDeadline(controller, 15_000);
  deadline.stop();
  expect(jest.getTimerCount()).toBe(0);
  expect(controller.signal.aborted).toBe(false);
});
