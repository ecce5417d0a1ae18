import { LambdaRuntime } from '../../../runtime';

const adapter = { handle: () => Promise.resolve() };

test.each([[0], [1], [99], [-1], [NaN], [Infinity]])('a reserve of %p ms is no reserve', (reserve) => {
  expect(() => new LambdaRuntime(adapter, { reserve })).toThrow(
    new RangeError(`Expected reserve to be a number of milliseconds, 100 or more, received ${reserve}`),
  );
});

test.each([[undefined], [100], [60_000]])('a reserve of %p ms is one', (reserve) => {
  expect(() => new LambdaRuntime(adapter, reserve === undefined ? {} : { reserve })).not.toThrow();
});
