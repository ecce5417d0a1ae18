import { clipText } from '../clip-text';

/** What a record tells of something that was thrown. */
export interface ErrorFacts {
  readonly name: string;
  /** File and line of the first call in the stack. */
  readonly location?: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  /** That of an error, or a text. */
  readonly cause?: ErrorFacts | string;
}

export interface ReadErrorOptions {
  /** Bytes of the message in a JSON record; the stack gets twice as many. All causes together get as much again. */
  readonly messageBytes?: number;
  readonly causes?: number;
}

/**
 * Reads name, message, code, stack and causes of whatever was thrown, and nothing else: an HTTP client's error has the
 * request in its other properties, with its credentials. Never throws: what cannot be read, or is not of its type, is
 * left out. What is read has a limit, so that a record of it fits in one line of a log.
 */
export function readError(thrown: unknown, { messageBytes = 8 * 1024, causes = 5 }: ReadErrorOptions = {}): ErrorFacts {
  const instead = `Expected an Error to be thrown, received ${thrown === null ? 'null' : typeof thrown}`;
  if (isObject(thrown)) return readObject(thrown, instead, messageBytes, causes);
  const facts = { name: 'Error', message: instead };
  return thrown === null || thrown === undefined ? facts : { ...facts, cause: readCause(thrown, messageBytes, 0) };
}

/** `instead` is the message of what has none. */
function readObject(error: object, instead: string, messageBytes: number, causes: number): ErrorFacts {
  const name = read(error, 'name');
  const message = read(error, 'message');
  const code = read(error, 'code');
  const stack = read(error, 'stack');
  const cause = causes > 0 ? read(error, 'cause') : undefined;
  const isText = typeof name === 'string' && typeof message === 'string';

  const trace = typeof stack === 'string' ? clipStack(stack, isText, 2 * messageBytes) : undefined;
  const location = trace === undefined ? undefined : locationOf(trace);
  return {
    name: typeof name === 'string' && name !== '' ? clipText(name, 256) : 'Error',
    ...(location === undefined ? {} : { location }),
    message: typeof message === 'string' ? clipText(message, messageBytes) : trace === undefined ? instead : '',
    ...(typeof code === 'number' ? { code } : typeof code === 'string' ? { code: clipText(code, 256) } : {}),
    ...(trace === undefined ? {} : { stack: trace }),
    ...(cause === undefined ? {} : { cause: readCause(cause, Math.floor(messageBytes / 2), causes - 1) }),
  };
}

function readCause(cause: unknown, messageBytes: number, causes: number): ErrorFacts | string {
  if (!isObject(cause)) return clipText(String(cause), messageBytes);
  return readObject(cause, `Expected an Error as the cause, received ${typeof cause}`, messageBytes, causes);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A getter may throw, and so may each trap of a Proxy. */
function read(from: object, key: string): unknown {
  try {
    return Reflect.get(from, key);
  } catch {
    return undefined;
  }
}

/**
 * A stack begins with name and message, as one text. Of a long one the calls are kept rather: those two stand beside it.
 * And where one of them is an object, the text is whatever that object makes of itself.
 */
function clipStack(stack: string, withText: boolean, bytes: number): string {
  if (withText && clipText(stack, bytes) === stack) return stack;
  const start = stack.indexOf(firstCall);
  const [text, calls] = start < 0 ? [stack, ''] : [stack.slice(0, start), stack.slice(start)];
  return (withText ? clipText(text, bytes / 4) : '') + clipText(calls, bytes - bytes / 4);
}

function locationOf(stack: string): string | undefined {
  const start = stack.indexOf(firstCall);
  if (start < 0) return undefined;
  // Of limited length: the expression takes quadratic time, and a message may look like a call.
  const call = stack.slice(start + 1, start + 500).split('\n', 1)[0] ?? '';
  const [, file, line] = /\(?([^()\s]+):(\d+):\d+\)?$/.exec(call) ?? [];
  return file === undefined || line === undefined ? undefined : clipText(`${file}:${line}`, 256);
}

const firstCall = '\n    at ';
