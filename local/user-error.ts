import { is, looseObject, string } from 'valibot';

/** A mistake that the person at the keyboard can mend. The CLI shows its message alone, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of whatever was thrown, to be made part of a UserError's own. */
export function reasonOf(cause: unknown): string {
  // Not instanceof: an error of Node.js itself is of another realm where a test runner has made one of its own.
  return is(WithMessage, cause) ? cause.message : String(cause);
}

const WithMessage = looseObject({ message: string() });
