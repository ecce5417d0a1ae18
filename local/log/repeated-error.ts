import type { FunctionRecord, RecordedError } from './function-record';

/**
 * The record without the stack of its error where the same error has been shown with it: the library logs an error of the
 * handler, and then the runtime client logs it once more.
 */
export function withoutRepeatedStack(record: FunctionRecord, before: RecordedError | undefined): FunctionRecord {
  const { error } = record;
  if (!error || !before || error.name !== before.name || error.message !== before.message) return record;
  return firstCall(error) === firstCall(before) ? { ...record, error: { ...error, stack: undefined } } : record;
}

const firstCall = ({ stack }: RecordedError): string | undefined =>
  stack?.split('\n').find((line) => line.startsWith('    at '));
