import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A group of processes that get only a part of one processor, as a function gets on Lambda. */
export interface CpuShare {
  /** The command and the first arguments of a process that is to be in the group. */
  readonly command: readonly string[];
  /** Only when no process is left in it. */
  close(): void;
}

/** AWS: "At 1,769 MB, a function has the equivalent of one vCPU", and less in proportion. */
export const cpuShareOf = (memoryMb: number): number => memoryMb / 1_769;

/**
 * Makes a group that gets `share` of a processor, in periods of 20 ms. Undefined where the operating system has no such
 * groups or does not let us make one: it takes root on Linux.
 */
export function limitCpu(share: number): CpuShare | undefined {
  for (const { root, files } of versions) {
    const folder = join(root, `background-tasks-bench-${process.pid}-${(groups += 1)}`);
    try {
      if (!existsSync(join(root, 'cgroup.procs'))) continue;
      mkdirSync(folder);
      for (const [file, content] of files(Math.round(share * periodUs))) writeFileSync(join(folder, file), content);
      return {
        // The process joins the group before it becomes Node.js, so that all of its start is limited.
        command: ['/bin/sh', '-c', 'echo $$ > "$0" && exec "$@"', join(folder, 'cgroup.procs')],
        close: () => {
          rmdirSync(folder);
        },
      };
    } catch {
      // Not this version, or not allowed.
      if (existsSync(folder)) rmdirSync(folder);
    }
  }
  return undefined;
}

let groups = 0;

const periodUs = 20_000;

/** https://docs.kernel.org/admin-guide/cgroup-v2.html and cgroup-v1, with its controllers in folders of their own. */
const versions = [
  {
    root: '/sys/fs/cgroup',
    files: (quotaUs: number) => [['cpu.max', `${quotaUs} ${periodUs}`]] as const,
  },
  {
    root: '/sys/fs/cgroup/cpu',
    files: (quotaUs: number) =>
      [
        ['cpu.cfs_period_us', String(periodUs)],
        ['cpu.cfs_quota_us', String(quotaUs)],
      ] as const,
  },
];
