import { isRequestError, ResponseNotSentError } from '../errors';
import { invocationError } from './invocation-error';

/** How `handle` ended, or that it had not when the grace was over. */
export type HandlerOutcome =
  { readonly outcome: 'completed' | 'cut off' } | { readonly outcome: 'failed'; readonly error: unknown };

/** Runs `handle`. Never rejects: a failure is a value here, until it is known whether the caller has its answer. */
export async function outcomeOf(handle: () => Promise<void>): Promise<HandlerOutcome> {
  try {
    await handle();
    return { outcome: 'completed' };
  } catch (error) {
    return { outcome: 'failed', error };
  }
}

/**
 * The error that the caller gets instead of an answer. Safe to be looked at, whatever `handle` threw. Undefined when
 * `answered`: an answer has gone or is going, so nobody waits for another.
 */
export function errorForCaller(ended: HandlerOutcome, answered: boolean): { readonly error: Error } | undefined {
  if (answered) return undefined;
  switch (ended.outcome) {
    case 'failed':
      return { error: isRequestError(ended.error) ? ended.error : invocationError(ended.error) };
    case 'cut off':
      return { error: new ResponseNotSentError(`${expected} before its time was used up, it wrote none`, true) };
    case 'completed':
      return { error: new ResponseNotSentError(`${expected} before it returned, it wrote none`, false) };
  }
}

const expected = 'Expected handle to write a response';
