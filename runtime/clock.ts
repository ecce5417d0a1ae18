/**
 * Milliseconds of a clock that nobody sets. Not `performance.now()`: the first look at that global makes Node.js load
 * perf_hooks, 2 ms that a cold caller would wait for.
 */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/** Resolves after one turn of the event loop: by then Node.js has told of each promise that rejected in this one. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
