const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'] as const;
export type LogLevel = (typeof levels)[number];

/** A name that is none of these was asked for. */
export interface UnknownLogLevel {
  readonly expected: readonly LogLevel[];
  readonly received: string;
}

/**
 * The level that POWERTOOLS_LOG_LEVEL or LOG_LEVEL names, in either case (Powertools itself passes over `debug`, and
 * takes DEBUG). INFO when neither is set, and when the name is no level.
 */
export function readLogLevel(environment: NodeJS.ProcessEnv): LogLevel | UnknownLogLevel {
  const name = environment['POWERTOOLS_LOG_LEVEL'] ?? environment['LOG_LEVEL'] ?? 'INFO';
  return levelNamed(name.trim().toUpperCase()) ?? { expected: levels, received: name };
}

/**
 * Whether records of this level are to be written. As in Powertools, Lambda's own log level, of the template's LoggingConfig,
 * goes before that of the environment (AWS: "Setting JSON and plain text log formats", AWS_LAMBDA_LOG_LEVEL).
 */
export function logs(wanted: LogLevel, environment: NodeJS.ProcessEnv): boolean {
  const own = readLogLevel(environment);
  const level = levelNamed(environment['AWS_LAMBDA_LOG_LEVEL']) ?? (typeof own === 'string' ? own : 'INFO');
  return levels.indexOf(level) <= levels.indexOf(wanted);
}

function levelNamed(name: string | undefined): LogLevel | undefined {
  return levels.find((level) => level === (name === 'FATAL' ? 'CRITICAL' : name));
}
