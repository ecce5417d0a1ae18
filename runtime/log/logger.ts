import type { Logger } from '@aws-lambda-powertools/logger';
import { logLevels, readLogLevel } from './log-level';

/** Typed here for the one module that is loaded on demand: with `import()`, whoever logs first would have to wait. */
declare function require(id: './powertools-logger'): typeof import('./powertools-logger');

/**
 * The logger of an execution environment, at the level of `readLogLevel`; a name that is no level is logged as a
 * warning. Lambda's own log level, of the template's LoggingConfig, goes before it.
 */
export function createLogger(environment: NodeJS.ProcessEnv): Logger {
  // Evaluated only here: a function that has nothing to log neither waits nor holds memory for it.
  const { Logger } = require('./powertools-logger');
  const { level, unknown } = readLogLevel(environment);
  const serviceName = environment['POWERTOOLS_SERVICE_NAME'] ?? environment['AWS_LAMBDA_FUNCTION_NAME'];

  const logger = new Logger({ logLevel: level, ...(serviceName === undefined ? {} : { serviceName }) });
  if (unknown !== undefined) {
    logger.warn(`Expected LOG_LEVEL to be one of ${logLevels.join(', ')}, received "${unknown}": logging at INFO`);
  }
  return logger;
}
