import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { processTable } from './process-table';

/** Resolves once this process has ended; the test's own timeout says when to give up. */
export async function processEnded(pid: number): Promise<void> {
  while (isRunning(pid)) await setTimeout(10);
}

/** Resolves once this process has been stopped by a signal. */
export async function processStopped(pid: number): Promise<void> {
  while (!(await stateOf(pid)).startsWith('T')) await setTimeout(10);
}

async function stateOf(pid: number): Promise<string> {
  return (await processTable()).find((process) => process.pid === pid)?.state ?? '';
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

/** A process that has ended, but whose parent has not asked how, still has an id. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
