import type { Logger } from '@aws-lambda-powertools/logger';

/** Typed here for the one module that is loaded on demand: with `import()`, whoever logs first would have to wait. */
declare function require(id: './powertools-logger'): typeof import('./powertools-logger');

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'] as const;

/**
 * The logger of an execution environment, at the level that POWERTOOLS_LOG_LEVEL or LOG_LEVEL names, in either case
 * (Powertools itself passes over `debug`, and takes DEBUG); INFO when neither is set. A name that is no level is logged
 * as a warning and means INFO too. Lambda's own log level, of the template's LoggingConfig, goes before both.
 */
export function createLogger(environment: NodeJS.ProcessEnv): Logger {
  // Evaluated with the first record, which as a rule is the report: a cold caller does not wait for it.
  const { Logger } = require('./powertools-logger');
  const name = environment['POWERTOOLS_LOG_LEVEL'] ?? environment['LOG_LEVEL'] ?? 'INFO';
  const logLevel = levels.find((level) => level === name.trim().toUpperCase());
  const serviceName = environment['POWERTOOLS_SERVICE_NAME'] ?? environment['AWS_LAMBDA_FUNCTION_NAME'];

  const logger = new Logger({ logLevel: logLevel ?? 'INFO', ...(serviceName === undefined ? {} : { serviceName }) });
  if (logLevel === undefined) {
    logger.warn(`Expected LOG_LEVEL to be one of ${levels.join(', ')}, received "${name}": logging at INFO`);
  }
  return logger;
}
