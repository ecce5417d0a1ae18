import { brokenConnection } from './end-body';

/** Waits until a stream that is full has room again, by listeners that stay until `stopListening`. */
export class BackPressure {
  readonly #stream: awslambda.HttpResponseStream;
  readonly #cutOff: AbortSignal;
  #resolve: () => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;

  constructor(stream: awslambda.HttpResponseStream, cutOff: AbortSignal) {
    this.#stream = stream;
    this.#cutOff = cutOff;
    stream.on('drain', this.#onDrain);
    stream.on('error', this.#onError);
    cutOff.addEventListener('abort', this.#onCutOff);
  }

  /** Rejects with a ResponseStreamError when the connection has broken, and with the reason of the cut-off at that. */
  relieved(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      if (this.#stream.destroyed) reject(brokenConnection(new Error('The connection has been closed')));
    });
  }

  stopListening(): void {
    this.#stream.removeListener('drain', this.#onDrain);
    this.#stream.removeListener('error', this.#onError);
    this.#cutOff.removeEventListener('abort', this.#onCutOff);
  }

  readonly #onDrain = () => {
    this.#resolve();
  };
  readonly #onError = (error: Error) => {
    this.#reject(brokenConnection(error));
  };
  readonly #onCutOff = () => {
    this.#reject(this.#cutOff.reason);
  };
}
