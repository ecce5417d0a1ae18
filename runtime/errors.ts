import { clipText } from './clip-text';

/** Where and how an event does not fit the schema, for the caller to read. */
export interface Issue {
  /** Dotted, for instance `items.0.name`; empty for the event itself. */
  readonly path: string;
  readonly message: string;
}

interface RequestErrorOptions extends ErrorOptions {
  /** The first 20 are kept, the others counted; of a path as much as takes 200 bytes, of a message 1,000. */
  readonly issues?: readonly Issue[];
  /** How many there are besides `issues`. */
  readonly moreIssues?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The caller is to blame: an HTTP caller gets the status, the message and the issues; the log gets a warning. */
export abstract class RequestError extends Error {
  abstract readonly statusCode: number;
  // Private, since the runtime client logs every enumerable property of an invocation error (aws-lambda-ric 4.0.2,
  // src/utils/error.ts), and an issue may quote what the caller sent.
  readonly #issues: readonly Issue[];
  readonly #moreIssues: number;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(message: string, { issues = [], moreIssues = 0, headers = {}, ...options }: RequestErrorOptions = {}) {
    super(message, options);
    this.#issues = issues.slice(0, mostIssues).map(shortened);
    this.#moreIssues = moreIssues + issues.length - this.#issues.length;
    this.#headers = headers;
  }

  get issues(): readonly Issue[] {
    return this.#issues;
  }

  /** How many there are besides `issues`: a small request can have a million of them. */
  get moreIssues(): number {
    return this.#moreIssues;
  }

  /** What the response says besides, for instance `allow`. */
  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }
}

const mostIssues = 20;

function shortened({ path, message }: Issue): Issue {
  return { path: clipText(path, 200), message: clipText(message, 1_000) };
}

/** The event, the body or the query string is not the Input that the schema asks for. */
export class BadRequestError extends RequestError {
  override readonly name: string = 'BadRequestError';
  readonly statusCode = 400;
}

export class MethodNotAllowedError extends RequestError {
  override readonly name: string = 'MethodNotAllowedError';
  readonly statusCode = 405;
}

export class PayloadTooLargeError extends RequestError {
  override readonly name: string = 'PayloadTooLargeError';
  readonly statusCode = 413;
}

export class UnsupportedMediaTypeError extends RequestError {
  override readonly name: string = 'UnsupportedMediaTypeError';
  readonly statusCode = 415;
}

/**
 * The event came by a gateway that cannot stream a response: an HTTP API, an Application Load Balancer. Or it is no HTTP request,
 * and the adapter is for those only.
 */
export class UnsupportedEventError extends Error {
  override readonly name: string = 'UnsupportedEventError';
}

/** `write` was called although an answer had gone before; the caller has that one. */
export class ResponseAlreadySentError extends Error {
  override readonly name: string = 'ResponseAlreadySentError';
}

/** `handle` returned, or used its time up, without an answer. */
export class ResponseNotSentError extends Error {
  override readonly name: string = 'ResponseNotSentError';
  /** Whether the time had been used up, rather than `handle` returned. */
  readonly late: boolean;

  constructor(message: string, late: boolean) {
    super(message);
    this.late = late;
    withoutCalls(this);
  }
}

/** The output given to `write` is not JSON; `cause` says why where JSON.stringify did. */
export class OutputEncodingError extends Error {
  override readonly name: string = 'OutputEncodingError';
}

/** The status, a header or a cookie given to `write` is not HTTP. */
export class InvalidResponseError extends Error {
  override readonly name: string = 'InvalidResponseError';
}

/** The connection to the Runtime API broke while the response was being handed over, or its body did not end. */
export class ResponseStreamError extends Error {
  override readonly name: string = 'ResponseStreamError';
}

/** A task that is not among the `tasks` of the LambdaRuntime: forgotten there, or gone with a deployment. */
export class UnknownTaskError extends Error {
  override readonly name: string = 'UnknownTaskError';
}

/** `waitUntil` was called after its invocation had ended: the task would be frozen with the environment. */
export class InvocationEndedError extends Error {
  override readonly name: string = 'InvocationEndedError';
}

/** The body of a response has no end when its invocation is over. */
export function bodyNotEnded(): ResponseStreamError {
  return withoutCalls(new ResponseStreamError('Expected the body to end before its invocation'));
}

/**
 * For an error of ours when the grace is over: no line of the function is in its stack, and the first stack that a process
 * reads makes Node.js read the source map, for which there is no time.
 */
function withoutCalls<Thrown extends Error>(error: Thrown): Thrown {
  error.stack = `${error.name}: ${error.message}`;
  return error;
}

/** The reason with which `context.signal` aborts. */
export class DeadlineApproachingError extends Error {
  override readonly name: string = 'DeadlineApproachingError';
}

/** Whether the caller is to blame. Of a Proxy even this question may throw. */
export function isRequestError(thrown: unknown): thrown is RequestError {
  try {
    return thrown instanceof RequestError;
  } catch {
    return false;
  }
}

/** What a message says was received: never the value, which may be the caller's. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
