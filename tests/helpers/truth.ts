import type { Observation } from './invocations';

export interface Truth {
  readonly event: unknown;
  readonly name: unknown;
}

/** What truly happened until the report was written, as the program logged it. */
export function truthOf({ records }: Observation): Truth[] {
  const reported = records.findIndex(({ message }) => message === 'Invocation report');
  return records
    .slice(0, reported)
    .flatMap(({ truth }) => (isObject(truth) ? [{ event: truth['event'], name: truth['name'] }] : []));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
