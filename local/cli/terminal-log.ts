import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { readConsoleLine, readRecord, type RecordedError } from '../log/function-record';
import type { LogLine } from '../log/platform-log';
import { endedBy, readablePlatformLine, shortId } from '../log/readable-platform-line';
import { withoutRepeatedStack } from '../log/repeated-error';
import { type Paint, readableRecord } from './readable-record';

/** Where the log is printed. Its colours follow NO_COLOR and FORCE_COLOR, as those of Node.js itself do. */
export interface LogOutput extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** `raw`: what CloudWatch would have, byte for byte. `readable`: one short line for each record. */
export type LogForm = 'raw' | 'readable';

/** Prints lines of the log; in readable form on a terminal, and raw anywhere else, unless `form` says so. */
export function logPrinter(output: LogOutput, form?: LogForm): (line: LogLine) => void {
  if ((form ?? (output.isTTY ? 'readable' : 'raw')) === 'raw') {
    return ({ text }) => {
      output.write(`${text}\n`);
    };
  }
  const readable = new ReadableLog(output);
  return (line) => {
    output.write(`${readable.textOf(line)}\n`);
  };
}

const colours = ['cyan', 'magenta', 'blue', 'green', 'yellow'] as const;

interface Running {
  readonly colour: (typeof colours)[number];
  /** Whether another invocation has run at the same time: its lines say whose they are from then on. */
  isOneOfSeveral: boolean;
  lastError?: RecordedError;
}

class ReadableLog {
  readonly #output: LogOutput;
  readonly #paint: Paint;
  readonly #running = new Map<string, Running>();
  #seen = 0;

  constructor(output: LogOutput) {
    this.#output = output;
    this.#paint = (style, text) => (text === '' ? '' : styleText(style, text, { stream: output }));
  }

  textOf({ requestId, source, text }: LogLine): string {
    const mark = requestId === undefined ? '' : this.#markOf(requestId);
    const columns = (this.#output.columns ?? Infinity) - (mark === '' ? 0 : shortId(requestId ?? '').length + 1);
    const lines =
      source === 'platform'
        ? [this.#dim(readablePlatformLine(text, { withId: mark === '' }))]
        : this.#functionLines(text, columns, requestId === undefined ? undefined : this.#runningAs(requestId));
    const ended = source === 'platform' ? endedBy(text) : undefined;
    if (ended !== undefined) this.#running.delete(ended);
    return lines.map((line) => `${mark}${line}`).join('\n');
  }

  /** The runtime client of AWS writes a message of several lines with carriage returns. */
  #functionLines(text: string, columns: number, running: Running | undefined): string[] {
    const json = readRecord(text);
    const record = json ?? readConsoleLine(text);
    if (record) {
      const shown = withoutRepeatedStack(record, running?.lastError);
      if (running && record.error) running.lastError = record.error;
      return readableRecord(shown, { paint: this.#paint, columns, isText: json === undefined });
    }
    return text.replaceAll('\r', '\n').split('\n');
  }

  #markOf(requestId: string): string {
    const running = this.#runningAs(requestId);
    if (this.#running.size > 1) for (const each of this.#running.values()) each.isOneOfSeveral = true;
    return running.isOneOfSeveral ? `${this.#paint(running.colour, shortId(requestId))} ` : '';
  }

  #runningAs(requestId: string): Running {
    const known = this.#running.get(requestId);
    if (known) return known;
    const running: Running = { colour: colours[this.#seen++ % colours.length] ?? 'cyan', isOneOfSeveral: false };
    this.#running.set(requestId, running);
    return running;
  }

  #dim(text: string): string {
    return this.#paint('dim', text);
  }
}
