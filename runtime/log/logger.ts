import type { Logger } from '@aws-lambda-powertools/logger';
import type { InvocationIdentity } from './invocation-identity';
import { logLevels, readLogLevel, writtenLevel } from './log-level';
import { serviceName } from './record-writer';

/** Typed here for the one module that is loaded on demand: with `import()`, whoever logs first would have to wait. */
declare function require(id: './powertools-logger'): typeof import('./powertools-logger');

/** Makes the logger of one invocation. */
export type CreateLogger = (identity: InvocationIdentity) => Logger;

/**
 * Loads Powertools Logger, once in an execution environment: a function that has nothing to log neither waits nor holds
 * memory for it. A LOG_LEVEL that is no level is logged as a warning.
 */
export function loadLogger(environment: NodeJS.ProcessEnv): CreateLogger {
  const { createInvocationLogger, EnvironmentLogger } = require('./powertools-logger');
  const { level, unknown } = readLogLevel(environment);
  const service = serviceName(environment);
  const options = service === undefined ? {} : { serviceName: service };

  // Says once what Powertools would say in each invocation, for instance that Lambda's own log level goes before this one.
  const logger = new EnvironmentLogger({ ...options, logLevel: level, sampleRateValue: 0 });
  if (unknown !== undefined) {
    logger.warn(`Expected LOG_LEVEL to be one of ${logLevels.join(', ')}, received "${unknown}": logging at INFO`);
  }
  const written = { ...options, logLevel: writtenLevel(environment) };
  return (identity) => createInvocationLogger(written, identity);
}
