import {
  array,
  type InferOutput,
  literal,
  looseObject,
  number,
  object,
  optional,
  picklist,
  safeParse,
  string,
} from 'valibot';

const Report = looseObject({
  requestId: string(),
  responseMs: optional(number()),
  backgroundMs: number(),
  handler: picklist(['completed', 'failed', 'cut off']),
  failures: number(),
  tasks: array(
    object({ name: string(), outcome: picklist(['completed', 'failed', 'cut off']), milliseconds: number() }),
  ),
});
export type Report = InferOutput<typeof Report>;

/** A record that the function wrote with its logger. */
const LogRecord = looseObject({ level: string(), message: string(), function_request_id: optional(string()) });
export type LogRecord = InferOutput<typeof LogRecord>;

const ReportRecord = looseObject({ message: literal('Invocation report'), report: Report });
/** The metrics of a report. A failure that comes after its report is a record of its own, with nothing but Failures. */
const Metrics = looseObject({ _aws: looseObject({}), Failures: number(), CutOff: number() });
export type Metrics = InferOutput<typeof Metrics>;

export const recordsIn = (lines: readonly string[]): LogRecord[] => parsed(lines, LogRecord);
export const reportsIn = (lines: readonly string[]): Report[] =>
  parsed(lines, ReportRecord).map(({ report }) => report);
export const metricsIn = (lines: readonly string[]): Metrics[] => parsed(lines, Metrics);

/** The outcomes of the tasks of a report, by name. */
export function outcomes({ tasks }: Report): [string, string][] {
  return tasks.map(({ name, outcome }) => [name, outcome]);
}

function parsed<Schema extends typeof LogRecord | typeof ReportRecord | typeof Metrics>(
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
