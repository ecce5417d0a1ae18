/**
 * Typed here for the one module that is loaded on demand. A bundler has it in the same file, and leaves it unevaluated until
 * then; with `import()` a hand-over would wait for the file system, or the module be a file of its own.
 */
declare function require(id: './invoke-asynchronously'): typeof import('./invoke-asynchronously');

/** Evaluated once, and only where it is needed: who queues nothing does not wait for it. */
export function loadClient() {
  return require('./invoke-asynchronously');
}
