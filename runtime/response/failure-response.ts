import { RequestError, ResponseNotSentError } from '../errors';
import type { ResponseMetadata } from '../adapters/background-processing-handler';

export interface FailureResponse {
  readonly body: { readonly message: string; readonly issues?: RequestError['issues'] };
  readonly metadata: ResponseMetadata;
}

/** What an HTTP caller gets instead of the answer. Only a RequestError, which is about the request, tells detail. */
export function failureResponse(error: unknown): FailureResponse {
  if (error instanceof RequestError) {
    const { message, issues, statusCode, headers } = error;
    return { body: issues.length > 0 ? { message, issues } : { message }, metadata: { statusCode, headers } };
  }
  if (error instanceof ResponseNotSentError && error.late) {
    return { body: { message: 'Gateway Timeout' }, metadata: { statusCode: 504 } };
  }
  return { body: { message: 'Internal Server Error' }, metadata: { statusCode: 500 } };
}
