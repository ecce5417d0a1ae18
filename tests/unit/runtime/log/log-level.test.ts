import { readLogLevel, writtenLevel } from '../../../../runtime/log/log-level';

test.each([
  [{}, 'INFO'],
  [{ LOG_LEVEL: 'debug' }, 'DEBUG'],
  [{ LOG_LEVEL: ' Warn ' }, 'WARN'],
  [{ LOG_LEVEL: 'fatal' }, 'CRITICAL'],
  [{ LOG_LEVEL: 'debug', POWERTOOLS_LOG_LEVEL: 'error' }, 'ERROR'],
  [{ LOG_LEVEL: 'debug', POWERTOOLS_LOG_LEVEL: '' }, 'DEBUG'],
  [{ LOG_LEVEL: ' ', POWERTOOLS_LOG_LEVEL: '' }, 'INFO'],
])('%j names %s', (environment, level) => {
  expect(readLogLevel(environment)).toEqual({ level });
});

test('a name that is no level means INFO, and comes back', () => {
  expect(readLogLevel({ LOG_LEVEL: 'verbose' })).toEqual({ level: 'INFO', unknown: 'verbose' });
});

test.each([
  [{}, 'INFO'],
  [{ LOG_LEVEL: 'trace' }, 'TRACE'],
  [{ LOG_LEVEL: 'verbose' }, 'INFO'],
  [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, 'ERROR'],
  [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'FATAL' }, 'CRITICAL'],
  [{ LOG_LEVEL: 'error', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, 'DEBUG'],
])('with %j records are written from %s on', (environment, level) => {
  expect(writtenLevel(environment)).toBe(level);
});
