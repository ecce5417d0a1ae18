import { metricsIn, reportsIn } from '../helpers/function-records';

export interface Reported {
  readonly responseMs?: number | undefined;
  readonly backgroundMs: number;
  readonly failures: number;
  /** Only a report tells. */
  readonly handler?: string;
}

/** What the log says became of an invocation: its report, or its metrics where the level leaves the report out. */
export function reportedIn(lines: readonly string[]): readonly Reported[] {
  const reports = reportsIn(lines);
  if (reports.length > 0) return reports;
  return metricsIn(lines).map(({ Failures, ResponseTime, BackgroundTime }) => ({
    responseMs: Number(ResponseTime),
    backgroundMs: Number(BackgroundTime),
    failures: Failures,
  }));
}
