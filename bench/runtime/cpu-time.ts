import { readdirSync, readFileSync } from 'node:fs';

/**
 * The CPU time that a process has used so far, user and system, in microseconds: what its own `process.cpuUsage()` would
 * say, read from outside, so that reading it takes none of its time. NaN where the operating system does not tell (only Linux
 * does). Exact while the process waits or is stopped; of a thread that runs, the last few milliseconds may be missing.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html, /proc/<pid>/schedstat
 */
export function cpuTime(pid: number | undefined): number {
  try {
    const folder = `/proc/${String(pid)}/task`;
    const nanoseconds = readdirSync(folder).map((thread) => {
      const [running] = readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ', 1);
      return Number(running);
    });
    return nanoseconds.reduce((sum, value) => sum + value, 0) / 1_000;
  } catch {
    return Number.NaN;
  }
}

/** Stops a process where it is, for good, and tells what it has used until then, to the microsecond. */
export function cpuTimeWhenStopped(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return Number.NaN;
  process.kill(pid, 'SIGSTOP');
  while (!isStopped(pid));
  return cpuTime(pid);
}

/** `123 (node) T ...`: the name may contain anything, a bracket too. */
function isStopped(pid: number): boolean {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return 'TZ'.includes(status.charAt(status.lastIndexOf(')') + 2));
}
