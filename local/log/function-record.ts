import * as v from 'valibot';
import type { InvocationReport } from '../../runtime/log/report';

/** A line that a function has logged as JSON, with what every record has set apart from what is this one's own. */
export interface FunctionRecord {
  /** `INFO`, for instance; undefined where the record has none. */
  readonly level: string | undefined;
  readonly message: string;
  /** As it was written, ISO 8601 as a rule. */
  readonly time: string | undefined;
  readonly error: RecordedError | undefined;
  /** Of the library, where this is the record that has it. */
  readonly report: InvocationReport | undefined;
  readonly own: Readonly<Record<string, unknown>>;
}

export interface RecordedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** That of an error, or a text. */
  readonly cause: RecordedError | string | undefined;
}

/** Undefined for a line that is no JSON object with a message. */
export function readRecord(text: string): FunctionRecord | undefined {
  if (!text.startsWith('{')) return undefined;
  const parsed = v.safeParse(Line, text);
  if (!parsed.success) return undefined;
  const { message, level, timestamp, report, ...others } = parsed.output;
  // What the runtime client has to say of a failed invocation, where the log format is JSON.
  if (typeof message !== 'string')
    return { level, message: '', time: timestamp, error: message, report: undefined, own: {} };
  const { error } = others;
  const readError = v.safeParse(RecordError, error);
  const readReport = v.safeParse(Report, report);
  return {
    level,
    message,
    time: timestamp,
    error: readError.success ? readError.output : undefined,
    report: readReport.success ? readReport.output : undefined,
    own: {
      ...Object.fromEntries(
        Object.entries(others).filter(([key]) => key !== 'error' && !common.has(key) && !key.startsWith('_aws')),
      ),
      ...(error === undefined || readError.success ? {} : { error }),
      ...(report === undefined || readReport.success ? {} : { report }),
    },
  };
}

/**
 * What `console` has written, which the runtime client makes a line of text with time, request id and level (aws-lambda-ric
 * 4.0.2, src/logging/formatter.ts). Undefined for any other line.
 */
export function readConsoleLine(text: string): FunctionRecord | undefined {
  const [, time, level, message = ''] = /^(\d{4}-\S+Z)\t\S+\t([A-Z]+)\t([^]*)$/.exec(text) ?? [];
  if (time === undefined) return undefined;
  const [, what = '', json] = /^(\w+ Error) \t(\{[^]*\})$/.exec(message) ?? [];
  const failure = v.safeParse(v.pipe(v.string(), v.parseJson(), RuntimeError), json);
  const said = failure.success ? { message: what, error: failure.output } : { message, error: undefined };
  return { level, time, report: undefined, own: {}, ...said };
}

/** The logger of Lambda itself writes a stack as a list. */
const Stack = v.union([
  v.string(),
  v.pipe(
    v.array(v.string()),
    v.transform((lines) => lines.join('\n')),
  ),
]);

/** `Invoke Error` and `Init Error` of the runtime client: which invocation it was follows from where the line stands. */
const RuntimeError: v.GenericSchema<unknown, RecordedError> = v.pipe(
  v.object({
    errorType: v.string(),
    errorMessage: v.string(),
    stack: v.fallback(v.optional(Stack), undefined),
    stackTrace: v.fallback(v.optional(Stack), undefined),
  }),
  v.transform(({ errorType, errorMessage, stack, stackTrace }) => ({
    name: errorType,
    message: errorMessage,
    stack: stack ?? stackTrace,
    cause: undefined,
  })),
);

const Line = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    message: v.union([v.string(), RuntimeError]),
    level: v.fallback(v.optional(v.string()), undefined),
    timestamp: v.fallback(v.optional(v.string()), undefined),
    error: v.optional(v.unknown()),
    report: v.optional(v.unknown()),
  }),
);

const RecordError: v.GenericSchema<unknown, RecordedError> = v.pipe(
  v.object({
    name: v.string(),
    message: v.string(),
    stack: v.fallback(v.optional(Stack), undefined),
    cause: v.fallback(v.optional(v.union([v.string(), v.lazy(() => RecordError)])), undefined),
  }),
  v.transform(({ name, message, stack, cause }) => ({ name, message, stack, cause })),
);

const Outcome = v.picklist(['completed', 'failed', 'cut off']);

const Report = v.looseObject({
  requestId: v.string(),
  coldStart: v.boolean(),
  queuedTask: v.exactOptional(v.object({ name: v.string(), id: v.string() })),
  responseMs: v.exactOptional(v.number()),
  backgroundMs: v.number(),
  handler: Outcome,
  tasks: v.array(
    v.looseObject({
      name: v.string(),
      outcome: Outcome,
      startMs: v.exactOptional(v.number()),
      milliseconds: v.number(),
      id: v.exactOptional(v.string()),
      queued: v.exactOptional(v.boolean()),
    }),
  ),
  moreTasks: v.exactOptional(v.object({ completed: v.number(), failed: v.number(), 'cut off': v.number() })),
  failures: v.number(),
});

/** Which invocation and which function: every record of an invocation says it, and whoever reads its log knows it. */
const common = new Set([
  'service',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'xray_trace_id',
  'tenant_id',
  'sampling_rate',
  'requestId',
  'tenantId',
  // Values of the metrics, which the report tells in words.
  'ColdStarts',
  'Failures',
  'CutOff',
  'TasksCompleted',
  'TasksFailed',
  'TasksLost',
  'ResponseTime',
  'BackgroundTime',
]);
