const maximum = 600;

/**
 * Reads BACKGROUND_SECONDS, 10 when it is not set. Throws a RangeError that names the variable for anything but a
 * number from 0 to 600: when the function loads that is an init error, seen before the first request and not after it.
 */
export function readBackgroundSeconds(environment: NodeJS.ProcessEnv): number {
  const value = environment['BACKGROUND_SECONDS'] ?? '10';
  const seconds = Number(value);
  if (value.trim() === '' || !(seconds >= 0 && seconds <= maximum)) {
    throw new RangeError(`Expected BACKGROUND_SECONDS to be a number from 0 to ${maximum}, received "${value}"`);
  }
  return seconds;
}
