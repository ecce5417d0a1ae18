import { createLogger } from '../../../../runtime/log/logger';

test.each([
  [{}, 'INFO'],
  [{ LOG_LEVEL: 'debug' }, 'DEBUG'],
  [{ LOG_LEVEL: 'ERROR' }, 'ERROR'],
  [{ LOG_LEVEL: 'debug', POWERTOOLS_LOG_LEVEL: 'warn' }, 'WARN'],
])('with %j it logs at %s', (environment, level) => {
  expect(createLogger(environment).getLevelName()).toBe(level);
});
