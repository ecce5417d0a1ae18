import type { ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';

/** A process that leads a group, what it has started, and the watcher that kills them when this process ends. */
export class ProcessGroup {
  readonly #leader: number | undefined;
  #watcher: number | undefined;

  /** @param child started by the launcher of spawn.ts, which tells the watcher's id on file descriptor 3 */
  constructor(child: ChildProcess) {
    this.#leader = child.pid;
    const lifeline = child.stdio[3];
    if (isWindows || !(lifeline instanceof Readable)) return;
    let line = '';
    lifeline.on('data', (chunk: Buffer) => {
      line += chunk.toString();
      if (line.endsWith('\n')) this.#watcher = Number(line);
    });
    lifeline.on('error', () => undefined);
  }

  /** Does nothing on Windows, which cannot stop a process, nor before the group has a watcher. */
  freeze(): void {
    if (this.#watcher === undefined) return;
    this.#signal('SIGSTOP');
    // A watcher that stands still could not do its duty.
    signal(this.#watcher, 'SIGCONT');
  }

  thaw(): void {
    if (!isWindows) this.#signal('SIGCONT');
  }

  /** Ends the frozen too. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#leader !== undefined) signal(isWindows ? this.#leader : -this.#leader, name);
  }
}

const isWindows = process.platform === 'win32';

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch {
    // Nobody is left there.
  }
}
