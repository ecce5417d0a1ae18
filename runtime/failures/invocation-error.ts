import { clipText } from '../clip-text';
import { readError } from './read-error';

/**
 * What the runtime client gets to tell a direct caller of what was thrown: an Error with its name, message and stack, and
 * nothing else. The client logs each other property, so of an HTTP client's error the request with its credentials; and
 * what has no text, an Object.create(null) or a name with a line break, makes the client hang or exit
 * (aws-lambda-ric 4.0.2, src/utils/error.ts and src/stream/response-stream.ts).
 */
export function invocationError(thrown: unknown): Error {
  const { name, message, stack } = isPrimitive(thrown)
    ? { name: typeof thrown, message: clipText(String(thrown), messageBytes), stack: undefined }
    : readError(thrown, { messageBytes, causes: 0 });
  const type = name.replace(/[^\x20-\x7e]/g, '?');

  // In the JSON log format the client says the type by the name of the constructor.
  const { [type]: NamedError = Error } = { [type]: class extends Error {} };
  const error = new NamedError(message);
  Object.defineProperty(error, 'name', { value: type });
  Object.defineProperty(error, 'stack', { value: stack ?? `${type}: ${message}` });
  return error;
}

/** The client sends message and stack as a trailer of the response, in base64; the headers of HTTP have 16 KB of room. */
const messageBytes = 2 * 1024;

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}
