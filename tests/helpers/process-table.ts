import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** One letter, perhaps with more behind it: T is stopped, Z a zombie. */
  readonly state: string;
}

/** All processes of this machine. Linux tells them without `ps`, which a small image may not have. */
export async function processTable(): Promise<ProcessEntry[]> {
  return process.platform === 'linux' ? await fromProc() : await fromPs();
}

async function fromProc(): Promise<ProcessEntry[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // One that has ended meanwhile has no file any more.
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.flatMap((stat) => entry(/^(?<pid>\d+) \(.*\) (?<state>\S) (?<parent>\d+)/s.exec(stat)));
}

async function fromPs(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,state=']);
  const lines = stdout.trim().split('\n');
  return lines.flatMap((line) => entry(/^\s*(?<pid>\d+)\s+(?<parent>\d+)\s+(?<state>\S+)/.exec(line)));
}

function entry(match: RegExpExecArray | null): ProcessEntry[] {
  const { pid, parent, state = '' } = match?.groups ?? {};
  return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), state }];
}
