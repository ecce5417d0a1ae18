import { RequestError, ResponseNotSentError } from '../errors';
import type { ResponseMetadata } from './response-metadata';
import type { ResponseStream } from './response-stream';

interface FailureResponse {
  readonly body: object;
  readonly metadata: ResponseMetadata;
}

/**
 * Sends an HTTP caller what it gets instead of the answer. An error may be of a class of the user's own: where what it
 * says is no HTTP or no JSON, `onUnsendable` is told why, and the caller gets a plain 500. Rejects as `sendJson` does.
 */
export async function sendFailure(
  response: ResponseStream,
  error: unknown,
  onUnsendable: (cause: unknown) => void,
): Promise<void> {
  await (trySend(response, error, onUnsendable) ?? sendJson(response, serverError));
}

function trySend(
  response: ResponseStream,
  error: unknown,
  onUnsendable: (cause: unknown) => void,
): Promise<void> | undefined {
  try {
    return sendJson(response, failureResponse(error));
  } catch (cause) {
    onUnsendable(cause);
    return undefined;
  }
}

function sendJson(response: ResponseStream, { body, metadata }: FailureResponse): Promise<void> {
  return response.sendJson(() => JSON.stringify(body), metadata);
}

/** Only a RequestError, which is about the request, tells detail. */
function failureResponse(error: unknown): FailureResponse {
  if (error instanceof RequestError) {
    const { message, issues, moreIssues, statusCode, headers } = error;
    const body = { message, ...(issues.length > 0 && { issues }), ...(moreIssues > 0 && { moreIssues }) };
    return { body, metadata: { statusCode, headers } };
  }
  if (error instanceof ResponseNotSentError && error.late) {
    return { body: { message: 'Gateway Timeout' }, metadata: { statusCode: 504 } };
  }
  return serverError;
}

const serverError: FailureResponse = { body: { message: 'Internal Server Error' }, metadata: { statusCode: 500 } };
