import { loadLogger } from '../../../../runtime/log/logger';
import { identity } from '../../../helpers/identity';

test.each([
  [{}, 'INFO'],
  [{ LOG_LEVEL: 'debug' }, 'DEBUG'],
  [{ LOG_LEVEL: 'ERROR' }, 'ERROR'],
  [{ LOG_LEVEL: 'debug', POWERTOOLS_LOG_LEVEL: 'warn' }, 'WARN'],
])('with %j it logs at %s', (environment, level) => {
  expect(loadLogger(environment)(identity()).getLevelName()).toBe(level);
});

// Powertools makes one for each, at three times the price of the logger itself, by a method that it calls private.
test('all loggers of an environment write through one Console', () => {
  const createLogger = loadLogger({});
  const [one, other] = [createLogger(identity()), createLogger(identity())];
  expect(Reflect.get(one, 'console')).toBe(Reflect.get(other, 'console'));
  expect(Reflect.get(one, 'console')).toBe(Reflect.get(one.createChild(), 'console'));
});
