import { object, pipeAsync, string, checkAsync, pipe, minLength } from 'valibot';
import { defineTask, LambdaRuntime } from '../../../../runtime';
import { decodePayload, encodePayload } from '../../../../runtime/queue/payload';

const Receipt = object({ orderId: pipe(string(), minLength(1)) });
const task = defineTask('send receipt', Receipt, () => undefined);
const adapter = { handle: () => Promise.resolve() };

test('each task has an id of its own', () => {
  const [one, other] = [task.with({ orderId: '1' }), task.with({ orderId: '1' })];
  expect(one.name).toBe('send receipt');
  expect(one.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(other.id).not.toBe(one.id);
});

test('an input that does not fit is refused at the call, without being quoted', () => {
  const refusal = thrownBy(() => task.with({ orderId: '' }));
  expect(refusal).toMatchObject({
    name: 'TaskInputError',
    message:
      'Expected an input that fits the schema of the task "send receipt", received one that does not fit at: orderId',
    issues: [{ path: 'orderId' }],
  });
  expect(JSON.stringify(refusal)).toBe('{"name":"TaskInputError"}');
});

test.each([
  ['what JSON leaves out', undefined, 'Expected an input of the task "any" that is JSON, received undefined'],
  ['a bigint', 1n, 'Expected an input of the task "any" that is JSON, JSON.stringify refuses it'],
])('%s is refused at the call', (_, input, message) => {
  const any = defineTask(
    'any',
    { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } },
    () => 1,
  );
  expect(thrownBy(() => any.with(input))).toMatchObject({ name: 'TypeError', message });
});

test('an asynchronous schema does not hold the call', () => {
  const Known = object({ orderId: string() });
  const known = pipeAsync(
    Known,
    checkAsync(() => Promise.resolve(false)),
  );
  expect(defineTask('async', known, () => undefined).with({ orderId: '' }).name).toBe('async');
});

test('no schema and no name are told when the function loads', () => {
  expect(() => defineTask('', Receipt, () => undefined)).toThrow(
    'Expected a task to have a name, received an empty one',
  );
  expect(thrownBy(() => void Reflect.apply(defineTask, undefined, ['a', {}, () => undefined]))).toHaveProperty(
    'message',
    expect.stringContaining('Expected a schema with'),
  );
});

test('two tasks of one name are told when the function loads', () => {
  expect(() => new LambdaRuntime(adapter, { tasks: [task, defineTask('send receipt', Receipt, () => 1)] })).toThrow(
    'Expected each task to have a name of its own, received "send receipt" twice',
  );
});

test('with tasks a reserve has a floor that a hand-over fits into', () => {
  expect(() => new LambdaRuntime(adapter, { tasks: [task], reserve: 999 })).toThrow(RangeError);
  expect(() => new LambdaRuntime(adapter, { tasks: [task], reserve: 1_000 })).not.toThrow();
  expect(() => new LambdaRuntime(adapter, { reserve: 100 })).not.toThrow();
});

test('a payload has the task, and nothing else is taken for one', () => {
  const queued = { name: 'a "name"', id: '1' };
  expect(decodePayload(JSON.parse(encodePayload(queued, '{"a":1}')))).toEqual({ ...queued, input: { a: 1 } });
  for (const event of [null, 1, 'text', [], {}, { 'background-tasks:queued-task': { name: 1, id: '1' } }]) {
    expect(decodePayload(event)).toBeUndefined();
  }
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('Expected an error');
}
