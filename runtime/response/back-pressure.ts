import { brokenConnection } from './end-body';

/** Waits until a stream that is full has room again, by listeners that stay from the first time on. */
export class BackPressure {
  readonly #stream: awslambda.HttpResponseStream;
  readonly #cutOff: AbortSignal;
  #wake: ((broken?: Error) => void) | undefined;

  constructor(stream: awslambda.HttpResponseStream, cutOff: AbortSignal) {
    this.#stream = stream;
    this.#cutOff = cutOff;
  }

  /** Rejects with a ResponseStreamError when the connection has broken, and with the reason of the cut-off at that. */
  async relieved(): Promise<void> {
    if (this.#wake === undefined) this.#listen();
    const broken = await new Promise<Error | undefined>((resolve) => {
      this.#wake = resolve;
      if (this.#stream.destroyed) resolve(new Error('The connection has been closed'));
    });
    if (broken !== undefined) throw brokenConnection(broken);
    this.#cutOff.throwIfAborted();
  }

  stopListening(): void {
    if (this.#wake === undefined) return;
    this.#stream.removeListener('drain', this.#onDrain);
    this.#stream.removeListener('error', this.#onError);
    this.#cutOff.removeEventListener('abort', this.#onDrain);
  }

  #listen(): void {
    this.#stream.on('drain', this.#onDrain);
    this.#stream.on('error', this.#onError);
    this.#cutOff.addEventListener('abort', this.#onDrain);
  }

  readonly #onDrain = () => this.#wake?.();
  readonly #onError = (error: Error) => this.#wake?.(error);
}
