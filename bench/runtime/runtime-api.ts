import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What one invocation took, in milliseconds, and what it answered. */
export interface Exchange {
  readonly response: Buffer;
  /** From the moment the event was delivered to the end of the response. */
  readonly answerMs: number;
  /** From there until the runtime client asked for the next event: what the caller no longer waits for. */
  readonly turnaroundMs: number;
}

/** The smallest Runtime API that measures: one runtime client, one invocation at a time. */
export class RuntimeApi {
  readonly #server: Server;
  #poll: { readonly response: ServerResponse; readonly at: number } | undefined;
  #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  #answer: Answered | undefined;
  #onAnswer: ((answer: Answered) => void) | undefined;
  #failure: Error | undefined;
  #invocations = 0;

  static async start(): Promise<RuntimeApi> {
    // A function on a small part of a processor may take long between two of its requests.
    const server = createServer({ keepAliveTimeout: 0 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RuntimeApi(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', this.#serve);
  }

  /** What AWS_LAMBDA_RUNTIME_API is to be. */
  get address(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error(`Expected a port, received ${address}`);
    return `127.0.0.1:${address.port}`;
  }

  /** Resolves, with the time, when the runtime client has asked for an event. */
  async asked(): Promise<number> {
    if (this.#poll === undefined) {
      await new Promise<void>((resolve, reject) => {
        if (this.#failure === undefined) this.#waiting = { resolve, reject };
        else reject(this.#failure);
      });
    }
    if (this.#poll === undefined) throw new Error('Expected the runtime client to have asked for an event');
    return this.#poll.at;
  }

  /** Delivers an event, and resolves when the runtime client asks for the next: then the invocation is over. */
  async invoke(event: string): Promise<Exchange> {
    await this.asked();
    const poll = this.#poll?.response;
    this.#poll = undefined;
    this.#answer = undefined;
    poll?.writeHead(200, this.#headers()).end(event);
    const deliveredAt = performance.now();
    const askedAt = await this.asked();
    const { response, at } = this.#takeAnswer();
    return { response, answerMs: at - deliveredAt, turnaroundMs: askedAt - at };
  }

  /**
   * Delivers an event, and resolves when its response has ended, with what `atTheEnd` finds in that very moment. The API is of
   * no use from then on.
   */
  async invokeLast(
    event: string,
    atTheEnd: () => number,
  ): Promise<{ readonly response: Buffer; readonly cpuMicroseconds: number }> {
    await this.asked();
    const poll = this.#poll?.response;
    this.#poll = undefined;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve: () => undefined, reject };
      this.#onAnswer = ({ response }) => {
        resolve({ response, cpuMicroseconds: atTheEnd() });
      };
      poll?.writeHead(200, this.#headers()).end(event);
    });
  }

  /** Ends what is waited for, and everything after it, with an error. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  readonly #serve = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.endsWith('/invocation/next') === true) {
      this.#poll = { response, at: performance.now() };
      this.#waiting?.resolve();
      this.#waiting = undefined;
      return;
    }
    // Plain events: an async iterator would put turns of our own event loop between the last byte and the clock.
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const at = performance.now();
      const answer = { response: Buffer.concat(chunks), at };
      this.#onAnswer?.(answer);
      response.writeHead(202).end();
      this.#take(request, answer);
    });
  };

  #take({ url = '', trailers }: IncomingMessage, answer: Answered): void {
    const failed = !url.endsWith('/response') || 'lambda-runtime-function-error-type' in trailers;
    if (failed) this.fail(new Error(`Expected a response, received ${url} ${answer.response.toString()}`));
    this.#answer = answer;
  }

  #headers(): Record<string, string | number> {
    this.#invocations += 1;
    return {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': `00000000-0000-4000-8000-${String(this.#invocations).padStart(12, '0')}`,
      'lambda-runtime-deadline-ms': Date.now() + 15_000,
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:Bench',
      'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    };
  }

  #takeAnswer(): Answered {
    if (this.#answer === undefined) throw new Error('Expected a response before the next event was asked for');
    return this.#answer;
  }
}

interface Answered {
  readonly response: Buffer;
  /** When its last byte had been read. */
  readonly at: number;
}
