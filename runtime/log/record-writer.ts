import { type InvocationIdentity, identityKeys } from './invocation-identity';
import { logs } from './log-level';
import { embeddedMetrics, type MetricValues } from './metrics';
import { textIn } from './variable';

/**
 * Writes the records of the library itself to stdout, one a line, without a logger: none has to be loaded for the report,
 * nor for a failure (docs/decisions/0008). They have the keys that Powertools Logger gives its records.
 */
export class RecordWriter {
  readonly #logsInfo: boolean;
  readonly #logsWarnings: boolean;
  readonly #logsErrors: boolean;
  readonly #namespace: string;
  readonly #service: string | undefined;
  readonly #functionName: string | undefined;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#logsInfo = logs('INFO', environment);
    this.#logsWarnings = logs('WARN', environment);
    this.#logsErrors = logs('ERROR', environment);
    this.#namespace = textIn(environment['POWERTOOLS_METRICS_NAMESPACE']) ?? 'BackgroundTasks';
    this.#service = serviceName(environment);
    this.#functionName = textIn(environment['AWS_LAMBDA_FUNCTION_NAME']);
  }

  /** `identity` is undefined for what belongs to no invocation. `details` are plain data of limited length. */
  writeError(identity: InvocationIdentity | undefined, message: string, details: object): void {
    if (this.#logsErrors) this.#writeIncident('ERROR', identity, message, details);
  }

  writeWarning(identity: InvocationIdentity, message: string, details: object): void {
    if (this.#logsWarnings) this.#writeIncident('WARN', identity, message, details);
  }

  /**
   * Writes one INFO record that is report and metrics at once: one line to write, to ship and to pay for. Where the log
   * level leaves INFO out, the metrics are all of it: they are not to be lost where the log is kept short.
   */
  writeReport(identity: InvocationIdentity, report: object, values: MetricValues): void {
    const metrics = embeddedMetrics(this.#namespace, values);
    const keys = this.#keysForMetrics(identity);
    writeLine(
      this.#logsInfo ? { ...head('INFO', 'Invocation report'), ...keys, report, ...metrics } : { ...keys, ...metrics },
    );
  }

  writeMetrics(identity: InvocationIdentity | undefined, values: MetricValues): void {
    writeLine({ ...this.#keysForMetrics(identity), ...embeddedMetrics(this.#namespace, values) });
  }

  #writeIncident(level: string, identity: InvocationIdentity | undefined, message: string, details: object): void {
    const keys = identity === undefined ? { function_name: this.#functionName } : identityKeys(identity);
    writeLine({ ...head(level, message), service: this.#serviceFor(identity), ...keys, ...details });
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

function head(level: string, message: string) {
  return { level, message, timestamp: new Date().toISOString() };
}

function writeLine(record: object): void {
  try {
    process.stdout.write(`${JSON.stringify(record)}\n`);
  } catch {
    // Somebody has put a function of their own in the place of `write`. There is no other way to tell of it.
  }
}
