import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lambdaVariables, nodeOptions } from '../../local/environment/process/lambda-variables';
import { nodeBinaryFor } from '../../local/environment/process/node-binary';
import { peakMemory } from '../../local/environment/process/memory-limit';
import type { Bundle } from '../bundle';
import type { CpuShare } from './cpu-share';
import { cpuTime, cpuTimeWhenStopped } from './cpu-time';
import { type Exchange, RuntimeApi } from './runtime-api';

export interface EnvironmentOptions {
  /** Of Node.js, besides those of Lambda. */
  readonly moreOptions?: readonly string[];
  /** The whole processor when left out. */
  readonly share?: CpuShare | undefined;
  /** A script to run in the place of the runtime client. */
  readonly client?: string;
  /** The URL at which the Lambda API answers. */
  readonly lambdaApi?: string;
}

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
  static async start(bundle: Bundle, options: EnvironmentOptions = {}): Promise<Environment> {
    return new Environment(await RuntimeApi.start(), bundle, options);
  }

  private constructor(
    api: RuntimeApi,
    { definition, codeFolder }: Bundle,
    { moreOptions = [], share, client, lambdaApi }: EnvironmentOptions,
  ) {
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
      lambdaApi,
    });
    const log = openSync(this.#logFile, 'w');
    this.#startedAt = performance.now();
    const runtimeClient = client === undefined ? ['--require', addonStandIn, ric] : [client];
    const [command, ...args] = [
      ...[...(share?.command ?? []), node.path],
      ...[...nodeOptions({ definition }), ...moreOptions, ...runtimeClient],
    ];
    this.#child = spawn(command ?? node.path, args, {
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

  /** Microseconds that the process has used so far, see `cpuTime`. */
  get cpuTime(): number {
    return cpuTime(this.#child.pid);
  }

  /** Delivers an event, stops the process for good as soon as its response has ended, and tells what it had used by then. */
  async invokeLast(event: string): Promise<{ readonly response: Buffer; readonly cpuMicroseconds: number }> {
    return this.#api.invokeLast(event, () => cpuTimeWhenStopped(this.#child.pid));
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
  options: EnvironmentOptions = {},
): Promise<Result> {
  const environment = await Environment.start(bundle, options);
  try {
    return await use(environment);
  } finally {
    await environment.close();
  }
}
