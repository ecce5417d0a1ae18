import { readRecord } from '../local/log/function-record';
import type { InvocationReport } from '../runtime/index';

/** What became of an invocation, once it has ended: after the background work, not after the answer. */
export interface EndedInvocation {
  readonly requestId: string;
  /** `error` where the function failed or its process ended, `timeout` where Lambda would have killed it. */
  readonly status: 'success' | 'error' | 'timeout';
  /** As the REPORT line has it, with the background work. */
  readonly durationMs: number;
  /** The library's report. Undefined where the function does not use the library, or was killed before it wrote one. */
  readonly report: InvocationReport | undefined;
  /** The lines of this invocation, START to REPORT. */
  readonly log: readonly string[];
}

/** The library's report of this invocation. Undefined where none of these lines has it. */
export function reportIn(log: readonly string[], requestId: string): InvocationReport | undefined {
  for (const line of log) {
    const report = line.includes('"report"') ? readRecord(line)?.report : undefined;
    // What is left of an earlier invocation may log while a later one has thawed the environment.
    if (report?.requestId === requestId) return report;
  }
  return undefined;
}
