import type { ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { Descendants } from './descendants';

/**
 * The runtime's process, which leads a group, all that it has started, and the watcher that kills them when this process
 * ends. On Linux that is what has left the group too.
 */
export class ProcessGroup {
  readonly #leader: number | undefined;
  readonly #descendants: Descendants | undefined;
  #watcher: number | undefined;
  #looking: NodeJS.Timeout | undefined;
  #isKilled = false;

  /** @param child started by the launcher of spawn.ts, which tells the watcher's id on file descriptor 3 */
  constructor(child: ChildProcess, environmentId: string) {
    this.#leader = child.pid;
    this.#descendants = child.pid === undefined ? undefined : new Descendants(child.pid, environmentId);
    if (this.#descendants) this.#look();
    child.once('exit', (_code, signal) => {
      // Whatever it has started must not outlive it. Where we have killed it, that has been killed with it.
      if (!this.#isKilled || signal !== 'SIGKILL') this.kill();
    });
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
    clearInterval(this.#looking);
    this.#signal('SIGSTOP');
    // A watcher that stands still could not do its duty.
    signal(this.#watcher, 'SIGCONT');
    this.#stopDescendants();
  }

  thaw(): void {
    if (isWindows) return;
    this.#look();
    for (const pid of this.#descendants?.found ?? []) signal(pid, 'SIGCONT');
    this.#signal('SIGCONT');
  }

  /** Ends the frozen too. */
  kill(): void {
    this.#isKilled = true;
    clearInterval(this.#looking);
    if (!isWindows) {
      this.#signal('SIGSTOP');
      this.#stopDescendants();
    }
    for (const pid of this.#descendants?.found ?? []) signal(pid, 'SIGKILL');
    this.#signal('SIGKILL');
  }

  /** Whose parent ends, and who has no variables, is known only to those who have looked before. */
  #look(): void {
    clearInterval(this.#looking);
    if (this.#isKilled) return;
    this.#looking = setInterval(() => this.#descendants?.find(this.#watcher), LOOK_MS).unref();
  }

  /** What stands still starts nothing more, so that at some time all have been found. */
  #stopDescendants(): void {
    let hasNew = true;
    while (hasNew) {
      hasNew = this.#descendants?.find(this.#watcher) ?? false;
      for (const pid of this.#descendants?.found ?? []) signal(pid, 'SIGSTOP');
    }
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#leader !== undefined) signal(isWindows ? this.#leader : -this.#leader, name);
  }
}

const LOOK_MS = 500;

const isWindows = process.platform === 'win32';

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch {
    // Nobody is left there.
  }
}
