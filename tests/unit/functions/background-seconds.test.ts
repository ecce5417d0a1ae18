import { readBackgroundSeconds } from '../../../functions/background-tasks/background-seconds';

test('is 10 when nothing is set', () => {
  expect(readBackgroundSeconds({})).toBe(10);
});

test.each([
  ['0', 0],
  ['0.2', 0.2],
  ['600', 600],
])('reads %s', (value, seconds) => {
  expect(readBackgroundSeconds({ BACKGROUND_SECONDS: value })).toBe(seconds);
});

test.each(['-1', '601', 'ten', '', ' ', 'NaN', 'Infinity'])('refuses "%s" and names the variable', (value) => {
  expect(() => readBackgroundSeconds({ BACKGROUND_SECONDS: value })).toThrow(
    new RangeError(`Expected BACKGROUND_SECONDS to be a number from 0 to 600, received "${value}"`),
  );
});
