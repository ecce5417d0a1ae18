/**
 * Evaluated once, and only where it is needed: who queues nothing does not wait for it. esbuild has it in the same file all
 * the same, as has any bundler that does not split its output.
 */
export function loadClient(): Promise<typeof import('./invoke-asynchronously')> {
  return import('./invoke-asynchronously');
}

/** For who may need it later, when there is less time. Where it cannot be loaded, `loadClient` tells. */
export function preloadClient(): void {
  loadClient().catch(() => undefined);
}
