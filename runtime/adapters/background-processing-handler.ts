import type { LambdaContext } from '../context';
import type { ResponseMetadata } from '../response/response-metadata';

/**
 * A handler that answers its caller and then goes on working in the same invocation.
 *
 * One instance lives as long as its execution environment, and `handle` may run for several invocations at once
 * (Lambda Managed Instances): fields may keep what outlives an invocation, such as a client or a cache.
 */
export interface LambdaWithBackgroundProcessingHandler<Event, Output> {
  /**
   * Runs once an invocation, with the decoded event. The invocation ends when the promise has settled and so has every
   * task given to `context.waitUntil`.
   *
   * A rejection before `outputWriter.write` becomes a 500, or an invocation error for a direct caller. A rejection
   * after it is logged and counted: the answer has gone.
   */
  handle(event: Event, outputWriter: LambdaResponseWriter<Output>, context: LambdaContext): Promise<void>;
}

/** Answers the caller, once. */
export interface LambdaResponseWriter<Output> {
  /**
   * Sends `output` as JSON and ends the response; its `content-type` is `application/json` unless `response` names
   * another. With a status of 204 or 304 there is no body, and a direct caller gets null. Resolves when the whole response
   * has been handed to the Runtime API; the caller has it from then on, whatever becomes of the rest of the invocation.
   *
   * Rejects, with nothing sent, with an `OutputEncodingError` when `output` is not JSON, with an `InvalidResponseError`
   * when `response` is not HTTP, and with a `ResponseAlreadySentError` when an answer has gone before.
   */
  write(output: Output, response?: ResponseMetadata): Promise<void>;
}
