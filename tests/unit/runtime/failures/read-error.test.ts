import { runInNewContext } from 'node:vm';
import { readError } from '../../../../runtime/failures/read-error';
import { fastest } from '../../../helpers/fastest';

test('of an error: name, place, message, code, stack, and the same of its causes', () => {
  const cause = Object.assign(new RangeError('no socket'), { code: 'ECONNREFUSED', address: '10.0.0.1' });
  const error = new TypeError('fetch failed', { cause });
  const location: unknown = expect.stringMatching(/read-error\.test\.ts:\d+$/);
  expect(readError(error)).toEqual({
    name: 'TypeError',
    location,
    message: 'fetch failed',
    stack: error.stack,
    cause: { name: 'RangeError', location, message: 'no socket', code: 'ECONNREFUSED', stack: cause.stack },
  });
});

test('nothing else that an error carries', () => {
  const error = Object.assign(new Error('401'), {
    config: { headers: { Authorization: 'Bearer secret' }, data: '{"card":"secret"}' },
    secret: 'secret',
    toJSON: () => 'secret',
    cause: { password: 'secret' },
  });
  expect(JSON.stringify(readError(error))).not.toContain('secret');
});

test.each(['name', 'message'])('nor what an object in place of its %s makes of itself', (key) => {
  const error = Object.assign(new Error('seen'), { [key]: { toString: () => 'secret' } });
  expect(readError(error).stack).toMatch(/^\n {4}at /);
  expect(JSON.stringify(readError(error))).not.toContain('secret');
});

test.each([
  [
    'an error of another realm',
    runInNewContext('new TypeError("far away")'),
    { name: 'TypeError', message: 'far away' },
  ],
  ['an object that looks like one', { name: 'Problem', message: 'odd' }, { name: 'Problem', message: 'odd' }],
  [
    'a cause that is no error',
    new Error('x', { cause: {} }),
    { cause: { message: 'Expected an Error as the cause, received object' } },
  ],
  ['a text', 'just text', { message: 'Expected an Error to be thrown, received string', cause: 'just text' }],
  ['a number', 42, { message: 'Expected an Error to be thrown, received number', cause: '42' }],
  ['a BigInt', 5n, { message: 'Expected an Error to be thrown, received bigint', cause: '5' }],
  ['a symbol', Symbol('s'), { message: 'Expected an Error to be thrown, received symbol', cause: 'Symbol(s)' }],
  ['null', null, { message: 'Expected an Error to be thrown, received null' }],
  ['undefined', undefined, { message: 'Expected an Error to be thrown, received undefined' }],
  ['an object without prototype', Object.create(null), { message: 'Expected an Error to be thrown, received object' }],
  ['a function', () => undefined, { message: 'Expected an Error to be thrown, received function' }],
])('%s', (_, thrown: unknown, facts) => {
  expect(readError(thrown)).toMatchObject(facts);
});

test.each([
  ['getters that throw', throwing(new Error('seen'), ['message', 'name', 'code', 'cause']), 'Error'],
  ['a stack that is no text', Object.assign(new Error('seen'), { stack: { frames: [] } }), 'seen'],
  ['a name that is no text', Object.assign(new Error('seen'), { name: Symbol('no text') }), 'seen'],
  ['a frozen error', Object.freeze(new Error('seen')), 'seen'],
  ['a Proxy whose traps throw', new Proxy(new Error('unseen'), trapsThatThrow()), 'received object'],
  ['a revoked Proxy', revoked(), 'received object'],
])('%s: what can be read is', (_, thrown: unknown, text) => {
  expect(JSON.stringify(readError(thrown))).toContain(text);
});

test('a cause that refers to itself, and one 20,000 deep, end', () => {
  const cyclic = new Error('cyclic');
  cyclic.cause = cyclic;
  let deep = new Error('the first');
  for (let depth = 0; depth < 20_000; depth += 1) deep = new Error(`depth ${depth}`, { cause: deep });
  for (const error of [cyclic, deep]) expect(JSON.stringify(readError(error)).split('"stack"')).toHaveLength(7);
});

test('whatever is in it, it has room in a record of 64 KB', () => {
  let error: Error | undefined;
  for (let depth = 0; depth < 10; depth += 1) {
    error = new Error('\u0000'.repeat(1_000_000), { cause: error });
    error.name = '\ud800'.repeat(100_000);
    error.stack = `\u0001${'x'.repeat(100_000)}\n    at ${'\u0002'.repeat(100_000)} (${'\u0003'.repeat(400)}:1:1)`;
    Object.assign(error, { code: '\u0000'.repeat(100_000) });
  }
  expect(Buffer.byteLength(JSON.stringify(readError(error)))).toBeLessThan(60 * 1024);
});

test('a message that looks like a stack without end takes no longer than its length does', () => {
  const read = (length: number) => {
    const error = new Error(`\n    at ${'('.repeat(length)}\n    at ${'a:1:'.repeat(length)}`);
    return fastest(() => readError(error));
  };
  // 8 times as long; 64 times where each character costs a look at all others.
  expect(read(40_000)).toBeLessThan(30 * read(5_000));
});

test('of a long stack the calls stay', () => {
  const { stack } = readError(new Error('x'.repeat(100_000)));
  expect(stack).toMatch(/more characters\)\n {4}at .*read-error\.test\.ts/);
});

function throwing(error: Error, keys: readonly string[]): Error {
  const get = () => {
    throw new Error('getter');
  };
  for (const key of keys) Object.defineProperty(error, key, { get, enumerable: true });
  return error;
}

function trapsThatThrow(): ProxyHandler<Error> {
  const trap = () => {
    throw new Error('trap');
  };
  return { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap, getOwnPropertyDescriptor: trap };
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
