import { validateHeaderValue } from 'node:http';
import { invocationError } from '../../../../runtime/failures/invocation-error';

test('has name, message and stack of what was thrown, and no other property for the client to log', () => {
  const thrown = Object.assign(new TypeError('no database'), { config: { headers: { Authorization: 'secret' } } });
  const error = invocationError(thrown);
  expect(error).toMatchObject({ name: 'TypeError', message: 'no database', stack: thrown.stack });
  expect(error.constructor.name).toBe('TypeError');
  expect(Object.entries(error)).toEqual([]);
});

test.each([
  ['just text', 'string', 'just text'],
  [undefined, 'undefined', 'undefined'],
  [null, 'object', 'null'],
  [5n, 'bigint', '5'],
  [Object.create(null), 'Error', 'Expected an Error to be thrown, received object'],
])('of %p', (thrown: unknown, name, message) => {
  expect(invocationError(thrown)).toMatchObject({ name, message, stack: `${name}: ${message}` });
});

test('its name can be a header, and all of it is short', () => {
  const thrown = new Error('\u0000'.repeat(100_000));
  thrown.name = `Fehler—${'\r\nset-cookie: '.repeat(1_000)}`;
  const { name, message, stack } = invocationError(thrown);
  expect(() => {
    validateHeaderValue('Lambda-Runtime-Function-Error-Type', name);
  }).not.toThrow();
  expect(JSON.stringify({ name, message, stack }).length).toBeLessThan(8_000);
});
