import { readFileSync } from 'node:fs';

/**
 * Holds a process to its function's MemorySize. Only Lambda's own machine could refuse the very allocation that goes past
 * it: here the process is looked at again and again while it runs, on Linux alone.
 */
export class MemoryLimit {
  readonly #limit: number;
  readonly #onExceeded: () => void;
  #pid: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #peak: number | undefined;

  /** @param limit MB */
  constructor(limit: number, onExceeded: () => void) {
    this.#limit = limit;
    this.#onExceeded = onExceeded;
  }

  /** MB, as of the last look, and never more than the limit; undefined where the operating system does not tell. */
  get peak(): number | undefined {
    return this.#peak;
  }

  watch(pid: number | undefined): void {
    this.#pid = pid;
    this.resume();
  }

  resume(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      this.look();
    }, INTERVAL_MS);
  }

  pause(): void {
    clearInterval(this.#timer);
    this.look();
  }

  look(): void {
    const memory = processMemory(this.#pid);
    if (!memory) return;
    // It has files mapped that do not count towards the limit, those of Node.js itself among them.
    this.#peak = Math.min(memory.peak, this.#limit);
    if (memory.own <= this.#limit) return;
    clearInterval(this.#timer);
    this.#onExceeded();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

/** The most memory that a process has held, in MB; undefined where the operating system (only Linux does) does not tell. */
export const peakMemory = (pid: number | undefined): number | undefined => processMemory(pid)?.peak;

const INTERVAL_MS = 100;

interface ProcessMemory {
  /** The most memory that the process has held, in MB. */
  readonly peak: number;
  /** What it holds now without the files that it has mapped, in MB. */
  readonly own: number;
}

/** Undefined where the operating system (only Linux does) does not tell. */
function processMemory(pid: number | undefined): ProcessMemory | undefined {
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
