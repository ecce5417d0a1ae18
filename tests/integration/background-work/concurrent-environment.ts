import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { deliveredInvocation, type DeliveredInvocation } from '../../../local/environment/invocation';
import type { InvocationErrorPayload } from '../../../local/environment/invocation-error';
import { lambdaVariables, nodeOptions } from '../../../local/environment/process/lambda-variables';
import { nodeBinaryFor } from '../../../local/environment/process/node-binary';
import { spawnRuntime } from '../../../local/environment/process/spawn';
import { PendingResponse } from '../../../local/environment/response';
import { type RuntimeApiHost, startRuntimeApi } from '../../../local/environment/runtime-api';
import type { FunctionDefinition } from '../../../local/template/definition';

const ric = require.resolve('aws-lambda-ric');
const region = 'us-east-1';

export interface Answer {
  readonly requestId: string;
  readonly body: string;
}

export interface ConcurrentEnvironment {
  /** Every line of the function so far. */
  readonly lines: readonly string[];
  invoke(event: unknown): Promise<Answer>;
  /** Resolves as soon as `done` holds, which is looked at after each line. */
  until(done: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * One execution environment that runs several invocations at once, as Lambda Managed Instances do: the local Lambda's
 * Runtime API and process, but an event for the runtime client whenever one of its worker threads asks. (The local Lambda
 * itself runs one invocation at a time in an environment, as Lambda does by default.)
 *
 * @param concurrency invocations at once
 */
export async function startConcurrentEnvironment(
  definition: FunctionDefinition,
  { concurrency, workers }: { readonly concurrency: number; readonly workers: number },
): Promise<ConcurrentEnvironment> {
  const host = new ConcurrentHost(definition);
  const log = new Log();
  // Worker threads do not have the token of the process.
  const api = await startRuntimeApi(host, undefined);
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'concurrent-'));
  const node = nodeBinaryFor(definition.runtime);
  const environmentId = randomUUID();
  const codeFolder = definition.codeUri;
  const runtime = spawnRuntime({
    node: node.path,
    nodeOptions: nodeOptions({ definition }),
    ric,
    handler: definition.handler,
    cwd: codeFolder,
    env: {
      ...lambdaVariables({
        ...{ definition, codeFolder, region, node, ric, temporaryFolder },
        ...{ environmentId, runtimeApi: `127.0.0.1:${api.port}` },
      }),
      AWS_LAMBDA_MAX_CONCURRENCY: String(concurrency),
      AWS_LAMBDA_NODEJS_WORKER_COUNT: String(workers),
    },
    token: randomUUID(),
    environmentId,
    temporaryFolder,
    listener: {
      onLine: (line) => {
        log.add(line);
      },
      onTask: () => undefined,
    },
  });
  return {
    lines: log.lines,
    until: (done) => log.until(done),
    invoke: (event) => host.invoke(event),
    close: async () => {
      runtime.kill();
      await runtime.exited;
      await api.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

class ConcurrentHost implements RuntimeApiHost {
  readonly isInitialized = false;
  readonly #definition: FunctionDefinition;
  readonly #responses = new Map<string, PendingResponse>();
  readonly #invocations: DeliveredInvocation[] = [];
  readonly #asking: ((invocation: DeliveredInvocation) => void)[] = [];

  constructor(definition: FunctionDefinition) {
    this.#definition = definition;
  }

  async invoke(event: unknown): Promise<Answer> {
    const requestId = randomUUID();
    const response = new PendingResponse(requestId, () => this.#responses.delete(requestId));
    this.#responses.set(requestId, response);
    const invocation = { payload: Buffer.from(JSON.stringify(event)) };
    this.#invocations.push(deliveredInvocation(invocation, { definition: this.#definition, region, requestId }));
    this.#handOut();
    const { body } = await response.begun;
    return { requestId, body: await text(body) };
  }

  responseTo(requestId: string): PendingResponse | undefined {
    return this.#responses.get(requestId);
  }

  next(): Promise<DeliveredInvocation> {
    return new Promise((resolve) => {
      this.#asking.push(resolve);
      this.#handOut();
    });
  }

  initFailed({ errorMessage }: InvocationErrorPayload): void {
    throw new Error(`Expected the function to load: ${errorMessage}`);
  }

  #handOut(): void {
    while (this.#asking.length > 0) {
      const invocation = this.#invocations.shift();
      if (invocation === undefined) return;
      this.#asking.shift()?.(invocation);
    }
  }
}

class Log {
  readonly lines: string[] = [];
  #waiting: { readonly done: () => boolean; readonly resolve: () => void }[] = [];

  add(line: string): void {
    this.lines.push(line);
    const over = this.#waiting.filter(({ done }) => done());
    this.#waiting = this.#waiting.filter((waiting) => !over.includes(waiting));
    for (const { resolve } of over) resolve();
  }

  until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (done()) resolve();
      else this.#waiting.push({ done, resolve });
    });
  }
}
