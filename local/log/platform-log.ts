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

/** The environment that INIT_START is about. */
export interface InitStart {
  readonly functionName: string;
  readonly environmentId: string;
  /** As in the template, for instance `nodejs24.x`. */
  readonly runtime: string;
  readonly nodeVersion: string;
  /** MB */
  readonly memorySize: number;
}

export interface InitReport {
  /** An init that fails is run once more in the first invocation, at the invocation's expense. */
  readonly phase: 'init' | 'invoke';
  /** Milliseconds. */
  readonly duration: number;
  /** Absent when init went well. */
  readonly failure?: PlatformFailure;
}

/** What the REPORT line of an invocation says; durations in milliseconds, memory in MB. */
export interface InvocationReport {
  readonly requestId: string;
  readonly duration: number;
  readonly memorySize: number;
  /** Absent where the operating system does not say. */
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

/** What the platform logs of an environment: the lines of each event; none where it is not logged. */
export interface PlatformFormat {
  initStart(start: InitStart): readonly string[];
  initReport(report: InitReport): readonly string[];
  start(requestId: string): readonly string[];
  /** Why the platform, not the function, ends an invocation; comes before its end. */
  failure(requestId: string, error: { errorType: string; errorMessage: string }): readonly string[];
  end(report: InvocationReport): readonly string[];
}

/** `nodejs:24 (Node.js 24.21.0)`; AWS has a number of its own for each version of a runtime. */
export const runtimeVersion = ({ runtime, nodeVersion }: InitStart): string =>
  `${runtime.replace(/^nodejs(\d+)\.x$/, 'nodejs:$1')} (Node.js ${nodeVersion})`;

/** Milliseconds, whole ones. Since August 2025 a cold start is billed too. */
export const billedDuration = ({
  duration,
  initDuration = 0,
}: Pick<InvocationReport, 'duration' | 'initDuration'>): number => Math.ceil(duration + initDuration);
