import { ResponseNotSentError } from '../../../../runtime/errors';
import { errorForCaller, outcomeOf } from '../../../../runtime/failures/handler-outcome';

const boom = new Error('boom');

test.each([
  ['resolves', () => Promise.resolve(), { outcome: 'completed' }],
  ['rejects', () => Promise.reject(boom), { outcome: 'failed', error: boom }],
  [
    'throws before it returns a promise',
    () => {
      throw boom;
    },
    { outcome: 'failed', error: boom },
  ],
])('a handle that %s has an outcome', async (_, handle, outcome) => {
  expect(await outcomeOf(handle)).toEqual(outcome);
});

test('a caller that has an answer gets no error', () => {
  expect(errorForCaller({ outcome: 'failed', error: boom }, true)).toBeUndefined();
  expect(errorForCaller({ outcome: 'cut off' }, true)).toBeUndefined();
  expect(errorForCaller({ outcome: 'completed' }, true)).toBeUndefined();
});

test('a caller without an answer gets what handle failed with, or that it wrote none', () => {
  expect(errorForCaller({ outcome: 'failed', error: boom }, false)).toEqual({ error: boom });
  expect(errorForCaller({ outcome: 'failed', error: undefined }, false)?.error).toBeInstanceOf(Error);
  expect(errorForCaller({ outcome: 'completed' }, false)).toEqual({
    error: new ResponseNotSentError('Expected handle to write a response before it returned, it wrote none', false),
  });
  expect(errorForCaller({ outcome: 'cut off' }, false)?.error).toMatchObject({ late: true });
});
