/** One line of the log of a function, as CloudWatch would show it. */
export interface LogLine {
  readonly functionName: string;
  readonly environmentId: string;
  /** Absent for what is logged outside of any invocation, for instance during init. */
  readonly requestId?: string;
  readonly source: 'platform' | 'function';
  /** Without its newline. */
  readonly text: string;
}

/** What the REPORT line of an invocation tells; durations in milliseconds, memory in MB. */
export interface InvocationReport {
  readonly requestId: string;
  readonly duration: number;
  readonly memorySize: number;
  /** Absent where the operating system does not tell. */
  readonly maxMemoryUsed: number | undefined;
  /** Present on a cold start. */
  readonly initDuration: number | undefined;
  /** Present when the platform, not the function, ended the invocation. */
  readonly failure?: PlatformFailure;
}

export interface PlatformFailure {
  readonly status: 'timeout' | 'error';
  readonly errorType?: string;
}

export const initStartLine = (runtime: string, nodeVersion: string): string =>
  `INIT_START Runtime Version: ${runtime.replace(/^nodejs(\d+)\.x$/, 'nodejs:$1')} (Node.js ${nodeVersion})`;

export const initFailureLine = (initDuration: number, failure: PlatformFailure): string =>
  columns([`INIT_REPORT Init Duration: ${milliseconds(initDuration)}`, 'Phase: init', ...failureColumns(failure)]);

export const startLine = (requestId: string): string => `START RequestId: ${requestId} Version: $LATEST`;

/** What comes before END when the platform, not the function, ends an invocation. */
export function failureLines(requestId: string, error: { errorType: string; errorMessage: string }): string[] {
  const timeout = /Task timed out after .*/.exec(error.errorMessage)?.[0];
  return timeout ? [`${new Date().toISOString()} ${requestId} ${timeout}`] : [error.errorMessage, error.errorType];
}

export const endLine = (requestId: string): string => `END RequestId: ${requestId}`;

export function reportLine(report: InvocationReport): string {
  const { requestId, duration, memorySize, maxMemoryUsed, initDuration, failure } = report;
  return columns([
    `REPORT RequestId: ${requestId}`,
    `Duration: ${milliseconds(duration)}`,
    // Since August 2025 a cold start is billed too.
    `Billed Duration: ${Math.ceil(duration + (initDuration ?? 0))} ms`,
    `Memory Size: ${memorySize} MB`,
    ...(maxMemoryUsed === undefined ? [] : [`Max Memory Used: ${maxMemoryUsed} MB`]),
    ...(initDuration === undefined ? [] : [`Init Duration: ${milliseconds(initDuration)}`]),
    ...failureColumns(failure),
  ]);
}

const failureColumns = (failure?: PlatformFailure): string[] => [
  ...(failure ? [`Status: ${failure.status}`] : []),
  ...(failure?.errorType ? [`Error Type: ${failure.errorType}`] : []),
];

const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

/** CloudWatch ends each column, the last one too, with a tab. */
const columns = (values: readonly string[]): string => values.map((value) => `${value}\t`).join('');
