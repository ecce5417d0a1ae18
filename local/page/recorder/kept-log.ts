import type { LogLine } from '../../log/platform-log';
import type { LineState } from '../state';
import { mostBytes } from './kept-body';

/** The first megabyte of the log of an invocation. REPORT, its last line, is kept in any case. */
export class KeptLog {
  readonly lines: LineState[] = [];
  #characters = 0;
  #dropped = 0;

  add({ source, text }: LogLine, at: number): void {
    this.#characters += text.length;
    if (this.#characters > mostBytes && source === 'function') this.#dropped += 1;
    else this.lines.push({ at, source, text });
  }

  /** Lines that were not kept. */
  get dropped(): number {
    return this.#dropped;
  }
}
