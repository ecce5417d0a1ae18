import type { EnvironmentPool } from '../environment/pool';

const MAX_BYTES = 4_096;

/** The end of the log of one invocation, gathered from now on. */
export class LogTail {
  readonly #stop: () => void;
  #bytes = Buffer.alloc(0);

  constructor(pool: EnvironmentPool, requestId: string) {
    this.#stop = pool.observeLog((line) => {
      if (line.requestId === requestId) this.#append(`${line.text}\n`);
    });
  }

  /** The last 4 KB so far, in base64, as a client gets them. */
  get base64(): string {
    return this.#bytes.toString('base64');
  }

  close(): void {
    this.#stop();
  }

  #append(text: string): void {
    this.#bytes = Buffer.concat([this.#bytes, Buffer.from(text)]).subarray(-MAX_BYTES);
  }
}
