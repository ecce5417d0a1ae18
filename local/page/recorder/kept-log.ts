import type { LogLine } from '../../log/platform-log';
import type { LineState } from '../state';
import { mostBytes } from './kept-body';

/** The first megabyte of the log of an invocation. REPORT, its last line, is kept in any case. */
export class KeptLog {
  readonly lines: LineState[] = [];
  #characters = 0;
  #dropped = 0;

  add({ source, text }: LogLine, at: number): void {
    this.#characters += text.length + besideText;
    if (this.#characters > mostBytes && source === 'function') this.#dropped += 1;
    else this.lines.push({ at, source, text });
  }

  /** Lines that were not kept. */
  get dropped(): number {
    return this.#dropped;
  }
}

/** Characters that a line takes on its way to the page beside its text, so that empty ones have an end, too. */
const besideText = '{"at":1234567890123.4567,"source":"function","text":""},'.length;
