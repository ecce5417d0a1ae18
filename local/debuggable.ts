import type { FunctionDefinition } from './template/definition';

/**
 * A function as it runs for somebody who looks at it in a debugger: with its own names, and with all the time in the
 * world. The function itself sees that time too: what acts shortly before the deadline is not to act at a breakpoint.
 */
export function debuggable({ build, ...definition }: FunctionDefinition): FunctionDefinition {
  return {
    ...definition,
    timeout: SECONDS_A_DAY,
    ...(build && { build: { ...build, minify: false, sourcemap: true } }),
  };
}

const SECONDS_A_DAY = 86_400;
