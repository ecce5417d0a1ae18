import type { LoggingDefinition } from '../template/definition';
import { billedDuration, runtimeVersion } from './platform-log';
import type { PlatformFailure, PlatformFormat } from './platform-log';

type Level = NonNullable<LoggingDefinition['systemLogLevel']>;

/**
 * The records of CloudWatch where the function's log format is JSON, from `lowest` on.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html the level of each
 */
export function jsonFormat(lowest: Level = 'INFO'): PlatformFormat {
  const record = (level: Level, type: string, fields: object): string[] =>
    levels.indexOf(level) < levels.indexOf(lowest)
      ? []
      : [JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record: fields })];

  return {
    initStart: (start) =>
      record('INFO', 'initStart', {
        ...onDemand,
        phase: 'init',
        runtimeVersion: runtimeVersion(start),
        functionName: start.functionName,
        functionVersion: '$LATEST',
        instanceId: start.environmentId,
        instanceMaxMemory: start.memorySize * 1_048_576,
      }),

    initReport: ({ phase, duration, failure }) => {
      const level = failure ? 'WARN' : 'DEBUG';
      const outcome = { ...onDemand, phase, ...statusOf(failure) };
      return [
        ...record(level, 'initRuntimeDone', outcome),
        ...record(level, 'initReport', { ...outcome, metrics: { durationMs: rounded(duration) } }),
      ];
    },

    start: (requestId) => record('INFO', 'start', { requestId, version: '$LATEST' }),

    // platform.runtimeDone has it.
    failure: () => [],

    end: (report) => {
      const { requestId, memorySize, maxMemoryUsed, initDuration, failure } = report;
      const durationMs = rounded(report.duration);
      const outcome = { requestId, ...statusOf(failure) };
      const metrics = {
        durationMs,
        billedDurationMs: billedDuration(report),
        memorySizeMB: memorySize,
        maxMemoryUsedMB: maxMemoryUsed,
        initDurationMs: initDuration === undefined ? undefined : rounded(initDuration),
      };
      return [
        ...record(failure ? 'WARN' : 'DEBUG', 'runtimeDone', { ...outcome, metrics: { durationMs } }),
        ...record(failure ? 'WARN' : 'INFO', 'report', { ...outcome, metrics }),
      ];
    },
  };
}

const levels: readonly Level[] = ['DEBUG', 'INFO', 'WARN'];

const onDemand = { initializationType: 'on-demand' };

const statusOf = (failure?: PlatformFailure): PlatformFailure | { status: 'success' } =>
  failure ?? { status: 'success' };

/** To the microsecond, as AWS. */
const rounded = (milliseconds: number): number => Math.round(milliseconds * 1_000) / 1_000;
