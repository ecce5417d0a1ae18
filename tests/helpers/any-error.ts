import fc from 'fast-check';
import type { ErrorShape, PropertyShape, ValueShape } from '../fixtures/failures/error-shape';

/** Errors of any shape, one in ten of them something else than an object. */
export function anyError(depth = 2): fc.Arbitrary<ErrorShape> {
  const primitive: fc.Arbitrary<ErrorShape> = fc.record({
    is: fc.constant('primitive' as const),
    type: fc.constantFrom('undefined', 'null', 'string', 'number', 'bigint', 'symbol'),
  });
  const thrown: fc.Arbitrary<ErrorShape> = fc.record({
    is: fc.constant('object' as const),
    kind: fc.constantFrom('Error', 'TypeError', 'AggregateError', 'plain', 'no prototype', 'function', 'other realm'),
    guise: fc.oneof(
      { weight: 6, arbitrary: fc.constant('bare' as const) },
      { weight: 1, arbitrary: fc.constant('frozen' as const) },
      { weight: 1, arbitrary: fc.constant('proxied' as const) },
      { weight: 1, arbitrary: fc.constant('proxy that throws' as const) },
      { weight: 1, arbitrary: fc.constant('revoked proxy' as const) },
    ),
    properties: fc.array(property(depth), { maxLength: 5 }),
  });
  return fc.oneof({ weight: 9, arbitrary: thrown }, { weight: 1, arbitrary: primitive });
}

function property(depth: number): fc.Arbitrary<PropertyShape> {
  return fc.record({
    key: fc.constantFrom('name', 'message', 'stack', 'code', 'cause', 'errors', 'toString', 'other'),
    value: value(depth),
  });
}

function value(depth: number): fc.Arbitrary<ValueShape> {
  const text = fc.record({ is: fc.constant('text' as const), text: fc.string({ unit: 'binary', maxLength: 20 }) });
  const huge = fc.record({
    is: fc.constant('text' as const),
    text: fc.constantFrom(
      'x',
      '\u0000',
      '\ud800',
      '\u4e2d',
      '\n    at ',
      '\n    at f (',
      'a:1:',
      '"',
      '\r\nset-cookie: ',
    ),
    times: fc.integer({ min: 1, max: 100_000 }),
  });
  const odd: fc.Arbitrary<ValueShape> = fc.record({
    is: fc.constantFrom('number', 'bigint', 'symbol', 'date', 'null', 'itself', 'getter that throws'),
  });
  const deep = fc.record({ is: fc.constant('deep' as const), depth: fc.integer({ min: 1, max: 2_000 }) });
  if (depth === 0) return fc.oneof(text, huge, odd, deep);
  const thrown = fc.record({ is: fc.constant('thrown' as const), shape: anyError(depth - 1) });
  return fc.oneof(text, huge, { weight: 2, arbitrary: odd }, deep, { weight: 2, arbitrary: thrown });
}
