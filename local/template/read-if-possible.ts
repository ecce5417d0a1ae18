import { UserError } from '../user-error';

/** What `read` gives; undefined, and the reason told, where the template keeps it from being read. */
export function readIfPossible<Value>(read: () => Value, onUnreadable?: (reason: string) => void): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    onUnreadable?.(error.message);
    return undefined;
  }
}
