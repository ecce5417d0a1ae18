import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Resolves once this process has ended; rejects before the test's own timeout. */
export async function processEnded(pid: number): Promise<void> {
  // A zombie has ended: only its parent has not asked how.
  await processBecomes(pid, 'ended', ({ state }) => state === '' || state === 'Z');
}

/** Resolves once this process has been stopped by a signal; rejects before the test's own timeout. */
export async function processStopped(pid: number): Promise<void> {
  // In the middle of starting another process (vfork), it waits for that one, which stands still before its first step.
  await processBecomes(
    pid,
    'stopped',
    ({ state, children }) => state === 'T' || (state === 'D' && children.includes('T')),
  );
}

/** Resolves once this process has been continued by a signal, or was never stopped; rejects as the others do. */
export async function processRuns(pid: number): Promise<void> {
  await processBecomes(pid, 'running', ({ state }) => ['R', 'S', 'D'].includes(state));
}

/** The ids of all processes that descend from one. */
export async function descendantsOf(ancestor: number): Promise<number[]> {
  const processes = await processTable();
  const descend = (parent: number): number[] =>
    processes.flatMap((process) => (process.parent === parent ? [process.pid, ...descend(process.pid)] : []));
  return descend(ancestor);
}

interface State {
  /** Empty where there is no such process. */
  readonly state: string;
  /** The states of its children. */
  readonly children: readonly string[];
}

async function processBecomes(pid: number, expected: string, holds: (state: State) => boolean): Promise<void> {
  const giveUpAt = performance.now() + 50_000;
  for (;;) {
    const processes = await processTable();
    const state = processes.find((process) => process.pid === pid)?.state ?? '';
    const children = processes.filter(({ parent }) => parent === pid).map((child) => child.state);
    if (holds({ state, children })) return;
    if (performance.now() > giveUpAt) {
      throw new Error(
        `Expected process ${pid} to be ${expected}, received '${state}', its children '${children.join()}'`,
      );
    }
    await setTimeout(10);
  }
}

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** One letter, perhaps with more behind it: T is stopped, Z a zombie. */
  readonly state: string;
}

/** All processes of this machine. Linux tells them without `ps`, which a small image may not have. */
async function processTable(): Promise<ProcessEntry[]> {
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
