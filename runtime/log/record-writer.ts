import { readError } from '../failures/read-error';
import { type InvocationIdentity, identityKeys } from './invocation-identity';
import { type LogLevel, logLevels, readLogLevel, writtenLevel } from './log-level';
import { embeddedMetrics, type MetricValues } from './metrics';
import { textIn } from './environment-variable';

/**
 * Writes the records of a function to stdout, one a line: what its handler logs, what fails, and the report. They have the
 * keys that Powertools Logger gives its records (docs/decisions/0013).
 */
export class RecordWriter {
  readonly #level: number;
  readonly #namespace: string;
  readonly #service: string | undefined;
  readonly #functionName: string | undefined;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#level = logLevels.indexOf(writtenLevel(environment));
    this.#namespace = textIn(environment['POWERTOOLS_METRICS_NAMESPACE']) ?? 'BackgroundTasks';
    this.#service = serviceName(environment);
    this.#functionName = textIn(environment['AWS_LAMBDA_FUNCTION_NAME']);
    const { unknown } = readLogLevel(environment);
    if (unknown !== undefined) {
      const levels = logLevels.join(', ');
      this.write(
        'WARN',
        undefined,
        `Expected LOG_LEVEL to be one of ${levels}, received "${unknown}": logging at INFO`,
      );
    }
  }

  /** Whether records of this level are written. */
  writes(level: LogLevel): boolean {
    return this.#level <= logLevels.indexOf(level);
  }

  /** Writes a record, where its level is written. `identity` is undefined for what belongs to no invocation. */
  write(level: LogLevel, identity: InvocationIdentity | undefined, message: string, details: object = {}): void {
    if (!this.writes(level)) return;
    const keys = identity === undefined ? { function_name: this.#functionName } : identityKeys(identity);
    const own = { ...head(level, message), service: this.#serviceFor(identity), ...keys };
    // First, for whoever reads the line, and last, so that what a handler logs replaces none of them.
    writeLine({ ...own, ...details, ...own });
  }

  /**
   * Writes one INFO record that is report and metrics at once: one line to write, to ship and to pay for. Where the log
   * level leaves INFO out, only the metrics are written: no log level may lose them.
   */
  writeReport(identity: InvocationIdentity, report: object, values: MetricValues): void {
    const metrics = embeddedMetrics(this.#namespace, values);
    const keys = this.#keysForMetrics(identity);
    writeLine(
      this.writes('INFO')
        ? { ...head('INFO', 'Invocation report'), ...keys, report, ...metrics }
        : { ...keys, ...metrics },
      // All of it is ours: no error and no big integer to look for, in the one record that each invocation has.
      JSON.stringify,
    );
  }

  writeMetrics(identity: InvocationIdentity | undefined, values: MetricValues): void {
    writeLine({ ...this.#keysForMetrics(identity), ...embeddedMetrics(this.#namespace, values) });
  }

  /** What leads to the other records, and the two dimensions of the metrics. */
  #keysForMetrics(identity: InvocationIdentity | undefined) {
    return {
      service: this.#serviceFor(identity),
      function_name: identity?.functionName ?? this.#functionName,
      function_request_id: identity?.awsRequestId,
    };
  }

  #serviceFor(identity: InvocationIdentity | undefined): string | undefined {
    return this.#service ?? identity?.functionName;
  }
}

/** The name that a service gave itself, else that of the function. */
export function serviceName(environment: NodeJS.ProcessEnv): string | undefined {
  return textIn(environment['POWERTOOLS_SERVICE_NAME']) ?? textIn(environment['AWS_LAMBDA_FUNCTION_NAME']);
}

/** What a handler logs may be anything: what is no JSON is left out, and said. */
function jsonOf(record: object): string {
  try {
    return JSON.stringify(record, asJson);
  } catch (error) {
    const plain = Object.entries(record).filter(([, value]) => typeof value !== 'object');
    return JSON.stringify({ ...Object.fromEntries(plain), not_logged: readError(error).message }, asJson);
  }
}

/** Looks at the error itself: `value` is what its `toJSON` made of it, which of an HTTP client's has the request in it. */
function asJson(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const original = this[key];
  if (original instanceof Error) return readError(original);
  return typeof value === 'bigint' ? value.toString() : value;
}

function head(level: string, message: string) {
  return { level, message, timestamp: new Date().toISOString() };
}

function writeLine(record: object, encode: (record: object) => string = jsonOf): void {
  try {
    process.stdout.write(`${encode(record)}\n`);
  } catch {
    // Somebody has put a function of their own in the place of `write`. There is no other way to tell of it.
  }
}
