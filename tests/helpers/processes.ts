import { setTimeout } from 'node:timers/promises';
import { processTable } from './process-table';

/** Resolves once this process has ended; the test's own timeout says when to give up. */
export async function processEnded(pid: number): Promise<void> {
  // A zombie has ended: only its parent has not asked how.
  while (!['', 'Z'].includes(await stateOf(pid))) await setTimeout(10);
}

/** Resolves once this process has been stopped by a signal. */
export async function processStopped(pid: number): Promise<void> {
  while ((await stateOf(pid)) !== 'T') await setTimeout(10);
}

/** Empty where there is no such process. */
async function stateOf(pid: number): Promise<string> {
  return (await processTable()).find((process) => process.pid === pid)?.state ?? '';
}
