import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import * as v from 'valibot';

const TaskChange = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    /** Another one for each task of the process. */
    number: v.number(),
    name: v.string(),
    /** Undefined where it has just begun. */
    outcome: v.optional(v.picklist(['completed', 'failed', 'cut off'])),
  }),
);

export type TaskChange = v.InferOutput<typeof TaskChange>;

/** Who hears of what a runtime's process writes. */
export interface OutputListener {
  onLine(text: string): void;
  onTask(change: TaskChange): void;
}

/**
 * Splits what a runtime's process writes into lines, and finds what rapid-client.cjs puts between them: marks between
 * invocations, and what becomes of tasks.
 */
export class ProcessOutput {
  readonly #listener: OutputListener;
  readonly #mark: RegExp;
  #reached = 0;
  #ended = false;
  #waiting: { mark: number; resolve: () => void }[] = [];

  /** @param token what a mark begins with: nothing that a function writes by accident */
  constructor(token: string, listener: OutputListener) {
    this.#listener = listener;
    this.#mark = new RegExp(`\\x00${token}:([^\\x00]+)\\x00`);
  }

  async read(output: readonly Readable[]): Promise<void> {
    await Promise.all(output.map((stream) => this.#readStream(stream)));
    this.#ended = true;
    this.#release();
  }

  /** Resolves once all that was written before this mark has been passed on, or nothing more can come. */
  reached(mark: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ mark, resolve });
      this.#release();
    });
  }

  #readStream(stream: Readable): Promise<void> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    stream.on('data', (chunk: Buffer) => {
      rest = this.#passOn(rest + decoder.write(chunk));
    });
    return new Promise((resolve) => {
      stream.on('error', () => {
        stream.destroy();
      });
      stream.on('close', () => {
        this.#passOnLines(rest + decoder.end(), { complete: true });
        resolve();
      });
    });
  }

  /** Returns what is not complete yet. */
  #passOn(text: string): string {
    const mark = this.#mark.exec(text);
    if (!mark) return this.#passOnLines(text, { complete: false });
    const [whole, content = ''] = mark;
    const after = text.slice(mark.index + whole.length);
    const isTask = content.startsWith('{');
    // A line that the function has left without its newline ends with its invocation, and goes on past news of a task.
    const rest = this.#passOnLines(text.slice(0, mark.index), { complete: !isTask });
    if (isTask) {
      const change = v.safeParse(TaskChange, content);
      // What a function does to its own process must not end this one.
      if (change.success) this.#listener.onTask(change.output);
    } else {
      this.#reached = Number(content);
      this.#release();
    }
    return this.#passOn(rest + after);
  }

  #passOnLines(text: string, { complete }: { complete: boolean }): string {
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) this.#listener.onLine(line);
    if (!complete) return rest;
    if (rest !== '') this.#listener.onLine(rest);
    return '';
  }

  #release(): void {
    const released = this.#waiting.filter(({ mark }) => this.#ended || mark <= this.#reached);
    this.#waiting = this.#waiting.filter((waiting) => !released.includes(waiting));
    for (const { resolve } of released) resolve();
  }
}
