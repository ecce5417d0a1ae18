import { readRecord } from '../local/log/function-record';
import type { InvocationReport } from '../runtime/index';

/** What became of an invocation, once it has ended: after the background work, not after the answer. */
export interface EndedInvocation {
  readonly requestId: string;
  /** `error` where the function failed or its process ended, `timeout` where Lambda would have killed it. */
  readonly status: 'success' | 'error' | 'timeout';
  /** As REPORT tells it. */
  readonly durationMs: number;
  /** Of the library: undefined where the function does not use it, or was killed before it could write one. */
  readonly report: InvocationReport | undefined;
  /** Its lines, START to REPORT. */
  readonly log: readonly string[];
}

/** The report that the library wrote for this invocation, where it is among these lines. */
export function reportIn(log: readonly string[], requestId: string): InvocationReport | undefined {
  for (const line of log) {
    const report = line.includes('"report"') ? readRecord(line)?.report : undefined;
    // What is left of an earlier invocation may log while a later one has thawed the environment.
    if (report?.requestId === requestId) return report;
  }
  return undefined;
}
