import { textIn } from './environment-variable';

export const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogLevelSetting {
  readonly level: LogLevel;
  /** What was asked for, where that is no level. */
  readonly unknown?: string;
}

/**
 * The level that POWERTOOLS_LOG_LEVEL or LOG_LEVEL names, in either case (Powertools itself passes over `debug`, and
 * takes DEBUG). INFO when neither is set, and when the name is no level.
 */
export function readLogLevel(environment: NodeJS.ProcessEnv): LogLevelSetting {
  const name = textIn(environment['POWERTOOLS_LOG_LEVEL']) ?? textIn(environment['LOG_LEVEL']) ?? 'INFO';
  const level = levelNamed(name.toUpperCase());
  return level === undefined ? { level: 'INFO', unknown: name } : { level };
}

/**
 * The level from which on records are written. As in Powertools, Lambda's own log level, of the template's LoggingConfig,
 * goes before that of the environment (AWS: "Setting JSON and plain text log formats", AWS_LAMBDA_LOG_LEVEL).
 */
export function writtenLevel(environment: NodeJS.ProcessEnv): LogLevel {
  return levelNamed(environment['AWS_LAMBDA_LOG_LEVEL']) ?? readLogLevel(environment).level;
}

function levelNamed(name: string | undefined): LogLevel | undefined {
  return logLevels.find((level) => level === (name === 'FATAL' ? 'CRITICAL' : name));
}
