import { LambdaCodableAdapter } from '../../../../runtime';

test('a schema that is none is an error when the function loads', () => {
  const handler = { handle: () => Promise.resolve() };
  expect(() => Reflect.construct(LambdaCodableAdapter, [undefined, handler]) !== null).toThrow(
    'Expected a schema with ~standard.validate (standardschema.dev), received undefined',
  );
});
