/**
 * Milliseconds of a clock that nobody sets. Not `performance.now()`: the first look at that global makes Node.js load
 * perf_hooks, 2 ms that a cold caller would wait for.
 */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/**
 * Resolves when this tick is over, and no turn of the event loop later: promises have been seen to, and what Node.js had put
 * off to the next tick before, such as to write a request to its connection, is done.
 */
export function endOfTick(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

/** Resolves after one turn of the event loop: by then Node.js has told of each promise that rejected in this one. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
