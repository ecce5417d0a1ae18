/** A mistake that the person at the keyboard can mend. The CLI shows its message alone, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of whatever was thrown, to be made part of a UserError's own. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
