import type { Context } from 'aws-lambda';
import type { Outcome, TaskReport } from '../tasks/background-tasks';
import { logs } from './log-level';
import { embeddedMetrics, type MetricValues } from './metrics';

/** What became of one invocation, from the event to the last task. */
export interface InvocationReport {
  readonly requestId: string;
  readonly coldStart: boolean;
  /** From the start of the invocation until the response was handed over; left out when none was. */
  readonly responseMs?: number;
  /** From then until the last task had settled or was cut off. */
  readonly backgroundMs: number;
  /** What became of `handle` itself. */
  readonly handler: Outcome;
  /** In order of registration. */
  readonly tasks: readonly TaskReport[];
  /** How many ERROR records this invocation wrote: each is one failure. */
  readonly failures: number;
}

type InvocationId = Pick<Context, 'awsRequestId' | 'functionName'>;

/** Writes the reports of an execution environment to stdout. */
export class ReportWriter {
  readonly #logsReport: boolean;
  readonly #service: string | undefined;
  readonly #namespace: string;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#logsReport = logs('INFO', environment);
    this.#service = environment['POWERTOOLS_SERVICE_NAME'];
    this.#namespace = environment['POWERTOOLS_METRICS_NAMESPACE'] ?? 'BackgroundTasks';
  }

  /**
   * Writes one INFO record that is report and metrics at once: one line to write, to ship and to pay for. Where the log
   * level leaves INFO out, the metrics are all of it: they are not to be lost where the log is kept short. No logger has
   * to be loaded for it (docs/decisions/0008).
   */
  write(invocation: InvocationId, report: InvocationReport): void {
    const metrics = embeddedMetrics(this.#namespace, measured(report));
    if (!this.#logsReport) {
      this.#writeRecord(invocation, metrics);
    } else if (report.tasks.length <= mostTasksWithMetrics) {
      this.#writeRecord(invocation, { report, ...metrics }, reportHead());
    } else {
      this.#writeRecord(invocation, { report }, reportHead());
      this.#writeRecord(invocation, metrics);
    }
  }

  /** Counts a failure that came after its invocation had been reported. */
  writeLateFailure(invocation: InvocationId): void {
    this.#writeRecord(invocation, embeddedMetrics(this.#namespace, { counts: { Failures: 1 } }));
  }

  /** With the keys that Powertools Logger gives every record, so that a query finds them together. */
  #writeRecord({ awsRequestId, functionName }: InvocationId, body: object, head: object = {}): void {
    const service = this.#service ?? functionName;
    const record = { ...head, service, function_name: functionName, function_request_id: awsRequestId, ...body };
    process.stdout.write(`${JSON.stringify(record)}\n`);
  }
}

function reportHead() {
  return { level: 'INFO', message: 'Invocation report', timestamp: new Date().toISOString() };
}

/** A longer list goes without: CloudWatch may cut a line past 256 KB, and would find no metrics in half of one. */
const mostTasksWithMetrics = 100;

function measured({ coldStart, responseMs, backgroundMs, handler, tasks, failures }: InvocationReport): MetricValues {
  const count = (outcome: Outcome) => tasks.filter((task) => task.outcome === outcome).length;
  return {
    counts: {
      ColdStarts: coldStart ? 1 : 0,
      Failures: failures,
      CutOff: count('cut off') + (handler === 'cut off' ? 1 : 0),
      TasksCompleted: count('completed'),
      TasksFailed: count('failed'),
    },
    milliseconds: { ...(responseMs === undefined ? {} : { ResponseTime: responseMs }), BackgroundTime: backgroundMs },
  };
}
