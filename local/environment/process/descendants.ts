import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * What a process has started, and what that has started in turn, in whatever process group: `detached` and setsid make
 * one of their own. Linux alone tells, in /proc: one is known by its parent, or, where that has ended, by the id of its
 * environment among its variables.
 */
export class Descendants {
  readonly #ancestor: number;
  readonly #environmentId: string;
  /** Those that have been found, each with its time of start: an id may be given to another process later. */
  readonly #found = new Map<number, string>();

  constructor(ancestor: number, environmentId: string) {
    this.#ancestor = ancestor;
    this.#environmentId = environmentId;
  }

  /** The ids of those that have been found and still live. */
  get found(): number[] {
    return [...this.#found].filter(([pid, startTime]) => statOf(pid)?.startTime === startTime).map(([pid]) => pid);
  }

  /** Returns whether there are any that had not been found before. `except` is none of them. */
  find(except: number | undefined): boolean {
    if (!isLinux || !this.#mayBeAny(except)) return false;
    let hasNew = false;
    const visited = new Set([this.#ancestor, except]);
    const toVisit: number[] = [...childrenOf(this.#ancestor), ...this.found, ...processesWith(this.#environmentId)];
    for (const pid of toVisit) {
      const startTime = visited.has(pid) ? undefined : statOf(pid)?.startTime;
      visited.add(pid);
      if (startTime === undefined) continue;
      toVisit.push(...childrenOf(pid));
      hasNew ||= this.#found.get(pid) !== startTime;
      this.#found.set(pid, startTime);
    }
    return hasNew;
  }

  /** Most functions start no process: they need not wait for a look at all processes of the machine, some milliseconds. */
  #mayBeAny(except: number | undefined): boolean {
    if (this.#found.size > 0) return true;
    const ancestor = statOf(this.#ancestor);
    if (!ancestor || ancestor.state === 'Z' || !tellsChildren) return true;
    return ancestor.hadChildren || childrenOf(this.#ancestor).some((pid) => pid !== except);
  }
}

const isLinux = process.platform === 'linux';
const tellsChildren = existsSync(`/proc/self/task/${process.pid}/children`);

interface Stat {
  /** Z is a process that has ended, of which its parent has not asked how. */
  readonly state: string | undefined;
  /** At least one, which has ended. */
  readonly hadChildren: boolean;
  readonly startTime: string | undefined;
}

/** Undefined where there is no such process. */
function statOf(pid: number): Stat | undefined {
  // "<pid> (<name>) <state> ...", and the name may hold anything. What follows has numbers in the manual: state is field 3.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  if (fields.length < 20) return undefined;
  return { state: fields[0], hadChildren: fields[8] !== '0', startTime: fields[19] };
}

/** Each thread has its own. */
function childrenOf(pid: number): number[] {
  return list(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function processesWith(environmentId: string): number[] {
  const pids = list('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => read(`/proc/${pid}/environ`).includes(environmentId)).map(Number);
}

/** Empty where the process has ended, or is somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
