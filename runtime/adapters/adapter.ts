import type { LambdaContext } from '../context';
import type { InvocationRequest } from '../request/invocation-request';
import type { ResponseStream } from '../response/response-stream';

/**
 * What LambdaRuntime runs: it turns a request into a call of a handler, and the handler's output into the response. One
 * of your own may send any body, whole or in parts (docs/adapters.md).
 */
export interface LambdaAdapter {
  /**
   * Runs once an invocation. The invocation ends when the promise has settled, the response has been handed over, and
   * each task given to `context.waitUntil` has settled. A rejection without an answer becomes the answer: a `RequestError`
   * by its status, message, issues and headers, anything else a 500; to a direct caller an invocation error.
   */
  handle(request: InvocationRequest, response: ResponseStream, context: LambdaContext): Promise<void>;
}
