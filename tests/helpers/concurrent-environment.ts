import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const ric = require.resolve('aws-lambda-ric');
const addonStandIn = require.resolve('../../local/environment/process/rapid-client.cjs');
const invocationPath = /^\/2018-06-01\/runtime\/invocation\/(.+)\/response$/;

export interface ConcurrentEnvironmentOptions {
  /** The node binary of the function's runtime. */
  readonly node: string;
  readonly codeFolder: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Invocations at once, as on Lambda Managed Instances. */
  readonly concurrency: number;
  readonly workers: number;
}

export interface Answer {
  readonly requestId: string;
  readonly body: string;
}

/**
 * One execution environment that runs several invocations at once, as Lambda Managed Instances do: the real runtime
 * client with its worker threads, against a Runtime API that hands out an event whenever it is asked for one. (The local
 * Lambda runs one invocation at a time in an environment, as Lambda does by default.)
 */
export class ConcurrentEnvironment {
  /** Every line of the function so far. */
  readonly lines: string[] = [];
  #waiting: { readonly done: () => boolean; readonly resolve: () => void }[] = [];
  readonly #server: Server;
  readonly #child: ChildProcess;
  readonly #events: { requestId: string; event: unknown }[] = [];
  readonly #polls: ServerResponse[] = [];
  readonly #callers = new Map<string, (answer: Answer) => void>();
  readonly #timeout: number;

  static async start(options: ConcurrentEnvironmentOptions, timeout = 60_000): Promise<ConcurrentEnvironment> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ConcurrentEnvironment(server, options, timeout);
  }

  private constructor(server: Server, options: ConcurrentEnvironmentOptions, timeout: number) {
    this.#server = server;
    this.#timeout = timeout;
    server.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      );
    });
    this.#child = spawn(options.node, ['--require', addonStandIn, ric], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: variables(server, options),
    });
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      if (output !== null) createInterface(output).on('line', this.#onLine);
    }
  }

  invoke(event: unknown): Promise<Answer> {
    const requestId = randomUUID();
    return new Promise((resolve) => {
      this.#callers.set(requestId, resolve);
      this.#events.push({ requestId, event });
      this.#handOut();
    });
  }

  /** Resolves as soon as `done` holds, which is looked at after each line. */
  until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (done()) resolve();
      else this.#waiting.push({ done, resolve });
    });
  }

  readonly #onLine = (line: string): void => {
    this.lines.push(line);
    const over = this.#waiting.filter(({ done }) => done());
    this.#waiting = this.#waiting.filter((waiting) => !over.includes(waiting));
    for (const { resolve } of over) resolve();
  };

  async close(): Promise<void> {
    const exited = this.#child.exitCode === null ? once(this.#child, 'exit') : undefined;
    this.#child.kill('SIGKILL');
    await exited;
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/2018-06-01/runtime/invocation/next') {
      this.#polls.push(response);
      this.#handOut();
      return;
    }
    const requestId = invocationPath.exec(request.url ?? '')?.[1] ?? '';
    const body = await text(request);
    response.writeHead(202).end();
    this.#callers.get(requestId)?.({ requestId, body });
  }

  #handOut(): void {
    while (this.#events.length > 0 && this.#polls.length > 0) {
      const { requestId, event } = this.#events.shift() ?? {};
      this.#polls
        .shift()
        ?.writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': requestId,
          'lambda-runtime-deadline-ms': Date.now() + this.#timeout,
          'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:Concurrent',
        })
        .end(JSON.stringify(event));
    }
  }
}

function variables(server: Server, options: ConcurrentEnvironmentOptions): Record<string, string> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected a port, received ${address}`);
  return {
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${address.port}`,
    AWS_LAMBDA_MAX_CONCURRENCY: String(options.concurrency),
    AWS_LAMBDA_NODEJS_WORKER_COUNT: String(options.workers),
    AWS_LAMBDA_FUNCTION_NAME: 'Concurrent',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/Concurrent',
    AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
    LAMBDA_TASK_ROOT: options.codeFolder,
    _HANDLER: options.handler,
    ...options.environment,
  };
}
