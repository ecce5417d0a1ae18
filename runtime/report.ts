import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import type { Outcome, TaskReport } from './background-tasks';

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

/**
 * Writes the report as one INFO record and as CloudWatch metrics in embedded metric format. Powertools Metrics is
 * imported here and not at load: by now the answer has gone, and a cold caller has not waited for it.
 */
export async function writeReport(logger: Logger, functionName: string, report: InvocationReport): Promise<void> {
  logger.info('Invocation report', { report });
  const { coldStart, responseMs, backgroundMs, handler, tasks, failures } = report;
  const count = (outcome: Outcome) => tasks.filter((task) => task.outcome === outcome).length;
  await publish(functionName, {
    counts: {
      ColdStarts: coldStart ? 1 : 0,
      Failures: failures,
      CutOff: count('cut off') + (handler === 'cut off' ? 1 : 0),
      TasksCompleted: count('completed'),
      TasksFailed: count('failed'),
    },
    milliseconds: { ...(responseMs === undefined ? {} : { ResponseTime: responseMs }), BackgroundTime: backgroundMs },
  });
}

/** Counts a failure that came after its invocation had been reported. */
export async function writeLateFailure(functionName: string): Promise<void> {
  await publish(functionName, { counts: { Failures: 1 } });
}

interface MetricValues {
  readonly counts: Readonly<Record<string, number>>;
  readonly milliseconds?: Readonly<Record<string, number>>;
}

/** Dimensions are the service and the function's name only: a metric by request id or by task would be one each. */
async function publish(functionName: string, { counts, milliseconds = {} }: MetricValues): Promise<void> {
  const { Metrics, MetricUnit } = await import('@aws-lambda-powertools/metrics');
  metrics ??= new Metrics({
    namespace: process.env['POWERTOOLS_METRICS_NAMESPACE'] ?? 'BackgroundTasks',
    serviceName: process.env['POWERTOOLS_SERVICE_NAME'] ?? functionName,
    defaultDimensions: { function_name: functionName },
  });
  // Filled and published in one turn: nothing of an invocation stays behind in it.
  for (const [name, value] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, value);
  for (const [name, value] of Object.entries(milliseconds)) metrics.addMetric(name, MetricUnit.Milliseconds, value);
  metrics.publishStoredMetrics();
}

/** Of the environment, since making one costs as much as all the rest of the report. */
let metrics: PowertoolsMetrics | undefined;
