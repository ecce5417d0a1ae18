import type { Callback } from 'aws-lambda';
import type { LambdaContext } from '../context';
import { property } from '../request/read-property';

/** A handler as Lambda's Node.js runtimes call it: `async (event, context) => result`, or one that calls back. */
export type PlainHandler = {
  // A method, so that a handler may ask for the event of a certain service: nobody checks that.
  call(event: unknown, context: LambdaContext, callback: Callback<unknown>): unknown;
}['call'];

interface PlainCall {
  /**
   * What the handler has returned or given its callback, whichever comes first. One that declares its callback and returns
   * no promise is waited for until it has called that; another is taken at its word: what it returns is the result.
   */
  readonly result: Promise<unknown>;
  /** Settles as what the handler has returned: it may go on after its callback. */
  readonly ended: Promise<unknown>;
}

/** Throws what the handler throws. */
export function callPlainHandler(handler: PlainHandler, event: unknown, context: LambdaContext): PlainCall {
  const { callback, calledBack } = deferredCallback();
  const returned = handler(event, context, callback);
  const ended = Promise.resolve(returned);
  const onlyCallsBack = handler.length >= 3 && typeof property(returned, 'then') !== 'function';
  return { result: onlyCallsBack ? calledBack : Promise.race([calledBack, ended]), ended };
}

function deferredCallback() {
  let callback: Callback<unknown> = () => undefined;
  const called = new Promise<{ readonly error: unknown; readonly result: unknown }>((resolve) => {
    callback = (error, result) => {
      resolve({ error, result });
    };
  });
  return { callback, calledBack: called.then(resultOf) };
}

function resultOf({ error, result }: { readonly error: unknown; readonly result: unknown }): unknown {
  if (isFailure(error)) throw error;
  return result;
}

/** Anything may be one, as with a promise. */
function isFailure(error: unknown): boolean {
  return error !== undefined && error !== null;
}
