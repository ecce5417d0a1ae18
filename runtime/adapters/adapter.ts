import type { LambdaContext } from '../context';
import type { InvocationRequest } from '../request/invocation-request';
import type { ResponseStream } from '../response/response-stream';

/** What LambdaRuntime runs: it turns a request into a call of a handler, and the handler's output into the response. */
export interface LambdaAdapter {
  handle(request: InvocationRequest, response: ResponseStream, context: LambdaContext): Promise<void>;
}
