import { existsSync } from 'node:fs';
import type { HttpServer } from '../http-server';
import type { FunctionDefinition } from '../template';
import type { Exit, InvocationErrorPayload } from './invocation-error';
import { lambdaVariables } from './lambda-variables';
import type { NodeBinary } from './node-binary';
import { peakMemory } from './peak-memory';
import { startRuntimeApi, type RuntimeApiHost } from './runtime-api';
import { startRuntimeProcess, type RuntimeProcess } from './runtime-process';

export interface SandboxOptions {
  readonly environmentId: string;
  readonly codeFolder: string;
  readonly region: string;
  readonly node: NodeBinary;
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  /** The process waits for a debugger at this port before it does anything. */
  readonly debugPort?: number;
  readonly host: RuntimeApiHost;
  readonly onLine: (text: string) => void;
}

/** Why a sandbox is no more. */
export interface SandboxEnd {
  readonly exit: Exit;
  readonly killedBy: 'timeout' | 'close' | undefined;
  /** Present when it could not even be started. */
  readonly error?: InvocationErrorPayload;
}

/** The runtime's process and the Runtime API that it talks to: both live, and both end, together. */
export class Sandbox {
  /** Resolves when nothing is left; never rejects. */
  readonly ended: Promise<SandboxEnd>;
  #process: RuntimeProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #killedBy: SandboxEnd['killedBy'];
  #maxMemoryUsed: number | undefined;

  constructor(definition: FunctionDefinition, options: SandboxOptions) {
    this.ended = this.#run(definition, options);
  }

  /** True from the moment that its end is certain. */
  get isEnding(): boolean {
    return this.#killedBy !== undefined;
  }

  /** MB, as of the last measurement. */
  get maxMemoryUsed(): number | undefined {
    return this.#maxMemoryUsed;
  }

  measureMemory(): void {
    this.#maxMemoryUsed = peakMemory(this.#process?.pid);
  }

  /** Resolves once all that the process wrote before this mark has been passed on. */
  async logged(mark: number): Promise<void> {
    await this.#process?.logged(mark);
  }

  /** Sets the one deadline that there is; a new one replaces it. */
  killAfter(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.measureMemory();
      this.kill('timeout');
    }, seconds * 1_000);
  }

  keepAlive(): void {
    clearTimeout(this.#timer);
  }

  kill(killedBy: 'timeout' | 'close'): void {
    this.#killedBy ??= killedBy;
    this.#process?.kill();
  }

  async #run(definition: FunctionDefinition, options: SandboxOptions): Promise<SandboxEnd> {
    const nothingRan: Exit = { code: null, signal: null };
    let api: HttpServer | undefined;
    try {
      api = await startRuntimeApi(options.host);
      const exit = this.isEnding ? nothingRan : await this.#runProcess(definition, options, api.port);
      return { exit, killedBy: this.#killedBy };
    } catch (error) {
      const failure = { errorType: 'Sandbox.Failed', errorMessage: String(error) };
      return { exit: nothingRan, killedBy: this.#killedBy, error: failure };
    } finally {
      clearTimeout(this.#timer);
      await api?.close();
    }
  }

  #runProcess(definition: FunctionDefinition, options: SandboxOptions, apiPort: number): Promise<Exit> {
    const { node, ric, codeFolder, debugPort, onLine } = options;
    if (!existsSync(codeFolder))
      throw new Error(`Expected the code of ${definition.name} in ${codeFolder}, got no folder`);
    const env = lambdaVariables(definition, { ...options, runtimeApi: `127.0.0.1:${apiPort}`, node: node.path });
    const { handler } = definition;
    const nodeOptions = debugPort === undefined ? [] : [`--inspect-brk=127.0.0.1:${debugPort}`];
    this.#process = startRuntimeProcess({ node: node.path, nodeOptions, ric, handler, cwd: codeFolder, env, onLine });
    return this.#process.exited;
  }
}
