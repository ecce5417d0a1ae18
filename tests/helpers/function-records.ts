import { type InferOutput, looseObject, number, optional, safeParse, string } from 'valibot';
import { readRecord } from '../../local/log/function-record';
import type { EndedInvocation, InvocationReport } from '../../testing';

/** A record that the function wrote with its logger. */
const LogRecord = looseObject({ level: string(), message: string(), function_request_id: optional(string()) });
export type LogRecord = InferOutput<typeof LogRecord>;

/** The metrics of a report. A failure that comes after its report is a record of its own, with nothing but Failures. */
const Metrics = looseObject({ _aws: looseObject({}), Failures: number(), CutOff: number() });
export type Metrics = InferOutput<typeof Metrics>;

/** What an invocation has logged, from START to REPORT. */
export interface Observation {
  readonly lines: readonly string[];
  readonly records: readonly LogRecord[];
  readonly report: InvocationReport;
  readonly metrics: Metrics;
}

/** Throws where the library has written no report of the invocation, or two. */
export function observationOf({ requestId, log: lines }: Pick<EndedInvocation, 'requestId' | 'log'>): Observation {
  return {
    lines,
    // What is left of an earlier invocation may log while this one has thawed the environment.
    records: recordsIn(lines).filter((record) => record.function_request_id === requestId),
    report: only(reportsIn(lines), 'report', lines),
    metrics: only(metricsIn(lines), 'record of metrics', lines),
  };
}

export const recordsIn = (lines: readonly string[]): LogRecord[] => parsed(lines, LogRecord);
export const metricsIn = (lines: readonly string[]): Metrics[] => parsed(lines, Metrics);
export const reportsIn = (lines: readonly string[]): InvocationReport[] =>
  lines.flatMap((line) => readRecord(line)?.report ?? []);

/** The outcomes of the tasks of a report, by name. */
export function outcomes({ tasks }: InvocationReport): [string, string][] {
  return tasks.map(({ name, outcome }) => [name, outcome]);
}

function only<Item>(items: readonly Item[], what: string, lines: readonly string[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) {
    throw new Error(`Expected one ${what} an invocation, received ${items.length} in:\n${lines.join('\n')}`);
  }
  return item;
}

function parsed<Schema extends typeof LogRecord | typeof Metrics>(
  lines: readonly string[],
  schema: Schema,
): InferOutput<Schema>[] {
  return lines.flatMap((line) => {
    const result = safeParse(schema, parse(line));
    return result.success ? [result.output] : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
