import { readFileSync } from 'node:fs';

export interface ProcessMemory {
  /** The most memory that the process has held, in MB. */
  readonly peak: number;
  /** What it holds now without the files that it has mapped, in MB. */
  readonly own: number;
}

/** The most memory that a process has held, in MB; undefined where the operating system (only Linux does) does not tell. */
export const peakMemory = (pid: number | undefined): number | undefined => processMemory(pid)?.peak;

/** Undefined where the operating system (only Linux does) does not tell. */
export function processMemory(pid: number | undefined): ProcessMemory | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const megabytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) / 1_024;
    const peak = Math.ceil(megabytes('VmHWM'));
    // A process that has ended has no memory.
    return Number.isNaN(peak) ? undefined : { peak, own: megabytes('RssAnon') + megabytes('RssShmem') };
  } catch {
    return undefined;
  }
}
