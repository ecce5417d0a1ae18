import { RequestRate } from '../../../../local/environment/concurrency-limit';

test('allows so many requests in any one second, wherever it begins', () => {
  const rate = new RequestRate(2);
  const admitted = [0, 900, 950, 1_000, 1_100, 1_900, 2_000].map((now) => rate.admit(now));
  expect(admitted).toEqual([true, true, false, true, false, true, true]);
});

test('allows any number without a limit', () => {
  const rate = new RequestRate(Infinity);
  expect(Array.from({ length: 1_000 }, () => rate.admit(0))).not.toContain(false);
});
