import type { Issue } from '../errors';

/** Lambda has not accepted a task, so it is not queued. `cause` is what Lambda, or the connection to it, said. */
export class EnqueueError extends Error {
  override readonly name: string = 'EnqueueError';
}

/** A task is larger than what Lambda accepts. */
export class QueuedTaskTooLargeError extends EnqueueError {
  override readonly name: string = 'QueuedTaskTooLargeError';
}

/** The input of a task does not fit its schema. No RequestError: the caller of the function is not told of it. */
export class TaskInputError extends Error {
  override readonly name: string = 'TaskInputError';
  // Private, so that nobody logs them by accident: an issue may quote the input.
  readonly #issues: readonly Issue[];

  constructor(message: string, issues: readonly Issue[]) {
    super(message);
    this.#issues = issues;
  }

  /** The first twenty. */
  get issues(): readonly Issue[] {
    return this.#issues;
  }
}

/** What Lambda answers when it does not accept an invocation. */
export class LambdaApiError extends Error {
  override readonly name: string = 'LambdaApiError';
  /** For instance `AccessDeniedException`. */
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, statusCode: number, message: string) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}
