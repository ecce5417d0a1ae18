export function assertPromise(work: unknown): void {
  if (typeof work !== 'object' || work === null || !('then' in work) || typeof work.then !== 'function') {
    const received = work === null ? 'null' : typeof work;
    throw new TypeError(`waitUntil expects a promise or a function, received ${received}`);
  }
}

/** Throws a TypeError for what is a queued task: nobody would run or queue it, and its loss would look like success. */
export function assertNoQueuedTask(result: unknown, name: string): void {
  if (!isQueuedTask(result)) return;
  throw new TypeError(
    `Expected the queued task "${String(result.name)}" to be given to waitUntil or enqueue itself, ` +
      `"${name}" has returned it, or resolved to it`,
  );
}

/**
 * By its shape: a function without tasks has no class of them. The name tells it from a LambdaContext. Of a Proxy even
 * this question may throw.
 */
export function isQueuedTask(value: unknown): value is { readonly name: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return 'enqueue' in value && 'waitUntil' in value && 'name' in value;
  } catch {
    return false;
  }
}
