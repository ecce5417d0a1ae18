import { object } from 'valibot';
import { LambdaCodableAdapter } from '../../../../runtime';

test('a schema that is none is an error when the function loads', () => {
  const handler = { handle: () => Promise.resolve() };
  expect(() => Reflect.construct(LambdaCodableAdapter, [undefined, handler]) !== null).toThrow(
    'Expected a schema with ~standard.validate (standardschema.dev), received undefined',
  );
});

test.each([
  [{ methods: ['GET', 'post'] }, new TypeError('Expected methods of HTTP, in capitals, received post')],
  [{ maxBodyBytes: Number.NaN }, new RangeError('Expected maxBodyBytes to be 0 or more, received NaN')],
])('the options %j are an error when the function loads', (options, error) => {
  const handler = { handle: () => Promise.resolve() };
  expect(() => new LambdaCodableAdapter(object({}), handler, options)).toThrow(error);
});
