import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Resolves once this process has ended; the test's own timeout says when to give up. */
export async function processEnded(pid: number): Promise<void> {
  while (isRunning(pid)) await setTimeout(10);
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
