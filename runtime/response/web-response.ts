import { InvalidResponseError, typeName } from '../errors';
import { property } from '../request/read-property';
import type { ResponseStream } from './response-stream';
import { streamWebBody } from './web-body';

/**
 * Answers with a Response of the Fetch standard. Throws an InvalidResponseError for what is none, or has been read, or
 * has a status that an answer cannot have (`Response.error()` has 0). Else as `streamBody`.
 */
export async function sendWebResponse(response: ResponseStream, answer: unknown): Promise<void> {
  assertResponse(answer);
  const { status, headers, body, bodyUsed } = answer;
  if (bodyUsed) throw new InvalidResponseError('Expected a Response whose body nobody has read, received one that was');
  const metadata = { statusCode: status, headers };
  if (body === null) await response.send('', metadata);
  else await streamWebBody(response, body, metadata);
}

/** Not by its class: a library may have a Response of its own, and a bundle another copy of it. */
function assertResponse(answer: unknown): asserts answer is Response {
  const isResponse =
    typeof property(answer, 'status') === 'number' &&
    typeof property(property(answer, 'headers'), 'getSetCookie') === 'function' &&
    property(answer, 'body') !== undefined;
  if (!isResponse) throw new InvalidResponseError(`Expected a Response, received ${typeName(answer)}`);
}
