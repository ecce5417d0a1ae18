import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Splits what a runtime's process writes into lines, and finds the marks that rapid-client.cjs puts between invocations. */
export class ProcessOutput {
  readonly #onLine: (text: string) => void;
  readonly #mark: RegExp;
  #reached = 0;
  #ended = false;
  #waiting: { mark: number; resolve: () => void }[] = [];

  /** @param token what a mark begins with; the function does not know it, so it cannot write one by chance */
  constructor(token: string, onLine: (text: string) => void) {
    this.#onLine = onLine;
    this.#mark = new RegExp(`\\x00${token}:(\\d+)\\x00`);
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
    // A line that the function has left without its newline ends with its invocation.
    this.#passOnLines(text.slice(0, mark.index), { complete: true });
    this.#reached = Number(mark[1]);
    this.#release();
    return this.#passOn(text.slice(mark.index + mark[0].length));
  }

  #passOnLines(text: string, { complete }: { complete: boolean }): string {
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
    if (!complete) return rest;
    if (rest !== '') this.#onLine(rest);
    return '';
  }

  #release(): void {
    const released = this.#waiting.filter(({ mark }) => this.#ended || mark <= this.#reached);
    this.#waiting = this.#waiting.filter((waiting) => !released.includes(waiting));
    for (const { resolve } of released) resolve();
  }
}
