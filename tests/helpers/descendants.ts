import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The ids of all processes that descend from one, children first. */
export async function descendantsOf(ancestor: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const childrenOf = (parent: number): number[] =>
    processes.flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [pid] : []));
  const descend = (parent: number): number[] => childrenOf(parent).flatMap((pid) => [pid, ...descend(pid)]);
  return descend(ancestor);
}
