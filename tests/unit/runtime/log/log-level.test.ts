import { logs, readLogLevel } from '../../../../runtime/log/log-level';

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
  [{}, true],
  [{ LOG_LEVEL: 'trace' }, true],
  [{ LOG_LEVEL: 'verbose' }, true],
  [{ LOG_LEVEL: 'warn' }, false],
  [{ LOG_LEVEL: 'silent' }, false],
  [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, false],
  [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'FATAL' }, false],
  [{ LOG_LEVEL: 'error', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, true],
])('with %j an INFO record is written: %s', (environment, written) => {
  expect(logs('INFO', environment)).toBe(written);
});

test('a DEBUG record is written at DEBUG and below', () => {
  expect(['trace', 'debug', 'info'].map((level) => logs('DEBUG', { LOG_LEVEL: level }))).toEqual([true, true, false]);
});
