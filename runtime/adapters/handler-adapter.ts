import type { LambdaContext } from '../context';
import { typeName } from '../errors';
import type { InvocationRequest } from '../request/invocation-request';
import { sendHandlerResult } from '../response/handler-result';
import { type HandlerStream, lendStream } from '../response/handler-stream';
import type { ResponseStream } from '../response/response-stream';
import type { LambdaAdapter } from './adapter';
import { callPlainHandler, type PlainHandler } from './plain-handler';

/** A handler that `awslambda.streamifyResponse` has marked. */
export type StreamingHandler = {
  // A method: see PlainHandler.
  call(event: unknown, responseStream: HandlerStream, context: LambdaContext): unknown;
}['call'];

/**
 * Runs a handler that exists. Its context is the LambdaContext, its event the one that came.
 *
 * - What a plain handler returns, or gives its callback, is sent at once, and then the tasks go on: to an HTTP caller as a
 *   Function URL would send it (docs/adopt.md), to a direct caller as it is, as JSON.
 * - One that is marked writes to its stream. The response counts as sent when the stream has ended, and `handle` resolves
 *   when it has, and the handler has returned.
 */
export class LambdaHandlerAdapter implements LambdaAdapter {
  readonly #handler: PlainHandler | StreamingHandler;

  /** Throws a TypeError when `handler` is no function. */
  constructor(handler: PlainHandler);
  // Not one with the first: the parameters of a function that is written in place would have no types.
  // eslint-disable-next-line @typescript-eslint/unified-signatures
  constructor(handler: PlainHandler | StreamingHandler);
  constructor(handler: PlainHandler | StreamingHandler) {
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected a handler that is a function, received ${typeName(handler)}`);
    }
    this.#handler = handler;
  }

  async handle(request: InvocationRequest, response: ResponseStream, context: LambdaContext): Promise<void> {
    const handler = this.#handler;
    const { event } = request;
    if (isStreaming(handler)) {
      await lendStream(response, (stream) => handler(event, stream, context));
    } else {
      const { result, ended } = callPlainHandler(handler, event, context);
      await sendHandlerResult(response, request, await result);
      await ended;
    }
  }
}

/** As the runtime clients know it (aws-lambda-ric 4.0.2, src/function/user-function-loader.ts; 3.3.0, UserFunction.js). */
function isStreaming(handler: PlainHandler | StreamingHandler): handler is StreamingHandler {
  return Reflect.get(handler, Symbol.for('aws.lambda.runtime.handler.streaming')) === 'response';
}
