import type { Callback } from 'aws-lambda';
import type { LambdaContext } from '../context';
import type { LambdaLogger } from '../log/logger';
import { property } from '../request/read-property';

/** A handler as Lambda's Node.js runtimes call it: `async (event, context) => result`, or one that calls back. */
export type PlainHandler = {
  // A method, so that a handler may ask for the event of a certain service: nobody checks that.
  call(event: unknown, context: LambdaContext, callback: Callback<unknown>): unknown;
}['call'];

interface PlainCall {
  /**
   * What the handler has returned or given its callback, whichever comes first. One that declares its callback and returns
   * no promise is waited for until it has called that; another is taken at its word: what it returns is the result, and a
   * callback that comes after it a warning in the log.
   */
  readonly result: Promise<unknown>;
  /** Settles as what the handler has returned: it may go on after its callback. */
  readonly ended: Promise<unknown>;
}

/** Throws what the handler throws. */
export function callPlainHandler(handler: PlainHandler, event: unknown, context: LambdaContext): PlainCall {
  const calls = new CallbackCalls(context);
  const returned = handler(event, context, calls.callback);
  const ended = Promise.resolve(returned);
  const onlyCallsBack = handler.length >= 3 && typeof property(returned, 'then') !== 'function';
  const first = onlyCallsBack ? calls.first : Promise.race([calls.first, ended.then(calls.return)]);
  return { result: first.then(resultOf), ended };
}

interface Result {
  readonly error?: unknown;
  readonly result: unknown;
}

/** Hears the callback of one call, and whether what the handler has returned was the result by then. */
class CallbackCalls {
  readonly #logger: LambdaLogger;
  #resultFrom: 'callback' | 'return' | undefined;
  #resolve: (first: Result) => void = () => undefined;
  readonly first = new Promise<Result>((resolve) => (this.#resolve = resolve));

  constructor({ logger }: LambdaContext) {
    this.#logger = logger;
  }

  readonly callback: Callback<unknown> = (error, result) => {
    if (this.#resultFrom === 'return') this.#warn();
    this.#resultFrom = 'callback';
    this.#resolve({ error, result });
  };

  readonly return = (result: unknown): Result => {
    this.#resultFrom ??= 'return';
    return { result };
  };

  #warn(): void {
    this.#logger.warn('Callback ignored: what the handler had returned was its result', {
      expected: 'a handler that calls back to declare three parameters, or to return a promise',
    });
  }
}

function resultOf({ error, result }: Result): unknown {
  if (isFailure(error)) throw error;
  return result;
}

/** Anything may be one, as with a promise. */
function isFailure(error: unknown): boolean {
  return error !== undefined && error !== null;
}
