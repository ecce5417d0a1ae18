import type { FunctionDefinition } from '../template/definition';

/**
 * How Lambda's own bootstrap starts Node.js: a tenth of the memory is for new objects, in two halves, the rest for old
 * ones. A heap that outgrows it ends the process, as there.
 */
export function nodeOptions({ memorySize }: FunctionDefinition, debugPort: number | undefined): string[] {
  const newSpace = Math.floor(memorySize / 10);
  return [
    '--expose-gc',
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.floor(newSpace / 2)}`,
    `--max-old-space-size=${memorySize - newSpace}`,
    ...(debugPort === undefined ? [] : [`--inspect-brk=127.0.0.1:${debugPort}`]),
  ];
}
