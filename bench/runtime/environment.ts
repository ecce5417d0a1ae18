import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lambdaVariables, nodeOptions } from '../../local/environment/process/lambda-variables';
import { nodeBinaryFor } from '../../local/environment/process/node-binary';
import { peakMemory } from '../../local/environment/process/memory-limit';
import type { Bundle } from '../bundle';
import { type Exchange, RuntimeApi } from './runtime-api';

const ric = require.resolve('aws-lambda-ric');
const addonStandIn = resolve(__dirname, '../../local/environment/process/rapid-client.cjs');

/**
 * One process of the real runtime client that runs a bundle, started with the options that Lambda starts it with. Its log
 * goes to a file, so that no one has to read along.
 */
export class Environment {
  readonly #api: RuntimeApi;
  readonly #child: ChildProcess;
  readonly #logFile: string;
  readonly #startedAt: number;

  /** Resolves when the process has been started, not when it is ready. */
  static async start(bundle: Bundle, moreOptions: readonly string[] = []): Promise<Environment> {
    return new Environment(await RuntimeApi.start(), bundle, moreOptions);
  }

  private constructor(api: RuntimeApi, { definition, codeFolder }: Bundle, moreOptions: readonly string[]) {
    this.#api = api;
    this.#logFile = join(codeFolder, 'log.txt');
    const node = nodeBinaryFor(definition.runtime);
    const variables = lambdaVariables({
      definition,
      codeFolder,
      region: 'us-east-1',
      environmentId: 'bench',
      runtimeApi: api.address,
      node,
      ric,
    });
    const log = openSync(this.#logFile, 'w');
    this.#startedAt = performance.now();
    this.#child = spawn(node.path, [...nodeOptions({ definition }), ...moreOptions, '--require', addonStandIn, ric], {
      stdio: ['ignore', log, log],
      cwd: codeFolder,
      env: { ...variables, AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true' },
    });
    closeSync(log);
    this.#child.once('error', (error) => {
      api.fail(error);
    });
    this.#child.once('exit', (code, signal) => {
      api.fail(new Error(`Expected the runtime client to live, it ended with ${code ?? signal}. ${this.#lastLines()}`));
    });
  }

  /** Milliseconds from the start of the process until it asked for its first event. */
  async ready(): Promise<number> {
    return (await this.#api.asked()) - this.#startedAt;
  }

  invoke(event: string): Promise<Exchange> {
    return this.#api.invoke(event);
  }

  /** The most memory that the process has held so far, in MB; undefined where the operating system does not tell. */
  get peakMemory(): number | undefined {
    return peakMemory(this.#child.pid);
  }

  /** All that the process has written so far, to stdout and to stderr. */
  get log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  /** SIGTERM lets a process that listens for it (see `--cpu-prof`) end in order. */
  async close(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined) {
      const exited = once(this.#child, 'exit');
      this.#child.kill(signal);
      await exited;
    }
    this.#api.close();
  }

  #lastLines(): string {
    return this.log.trimEnd().split('\n').slice(-5).join('\n');
  }
}

/** Runs `use` with a fresh process, which ends with it whatever happens. */
export async function withEnvironment<Result>(
  bundle: Bundle,
  use: (environment: Environment) => Promise<Result>,
): Promise<Result> {
  const environment = await Environment.start(bundle);
  try {
    return await use(environment);
  } finally {
    await environment.close();
  }
}
