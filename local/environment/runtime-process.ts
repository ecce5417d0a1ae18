import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpServer } from '../http/server';
import type { FunctionDefinition } from '../template/definition';
import { lambdaVariables, nodeOptions } from './process/lambda-variables';
import { MemoryLimit } from './process/memory-limit';
import type { NodeBinary } from './process/node-binary';
import { startRuntimeApi, type RuntimeApiHost } from './runtime-api';
import { spawnRuntime, type Exit, type SpawnedRuntime } from './process/spawn';
import { nothingRan, type ProcessEnd } from './invocation-error';

export interface RuntimeProcessOptions {
  readonly environmentId: string;
  readonly codeFolder: string;
  readonly region: string;
  readonly node: NodeBinary;
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  /** The process waits for a debugger at this port before it does anything, and no deadline ends it. */
  readonly debugPort?: number;
  readonly host: RuntimeApiHost;
  readonly onLine: (text: string) => void;
}

/** The runtime's process, its temporary folder and the Runtime API that it talks to: they live, and end, together. */
export class RuntimeProcess {
  /** Resolves when nothing is left; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly #isDebugged: boolean;
  readonly #memory: MemoryLimit;
  #process: SpawnedRuntime | undefined;
  #timer: NodeJS.Timeout | undefined;
  #killedBy: ProcessEnd['killedBy'];
  #isOver = false;

  constructor(definition: FunctionDefinition, options: RuntimeProcessOptions) {
    this.#isDebugged = options.debugPort !== undefined;
    this.#memory = new MemoryLimit(definition.memorySize, () => {
      this.kill('memory');
    });
    this.ended = this.#run(definition, options);
  }

  /** True from the moment that its end is certain. */
  get isEnding(): boolean {
    return this.#killedBy !== undefined;
  }

  /** MB, as of the last measurement. */
  get maxMemoryUsed(): number | undefined {
    return this.#memory.peak;
  }

  /** Resolves once all that the process wrote before this mark has been passed on. */
  async logged(mark: number): Promise<void> {
    await this.#process?.logged(mark);
  }

  /** Sets the one deadline that there is; a new one replaces it. */
  killAfter(seconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isDebugged || this.#isOver) return;
    this.#timer = setTimeout(() => {
      this.#memory.look();
      this.kill('timeout');
    }, seconds * 1_000);
  }

  /** Lets everything in it stand still, without a deadline. A debugger would not get an answer, so it is spared. */
  freeze(): void {
    clearTimeout(this.#timer);
    if (!this.#isDebugged) this.#process?.freeze();
    this.#memory.pause();
  }

  thaw(): void {
    if (this.#isOver) return;
    if (!this.#isDebugged) this.#memory.resume();
    this.#process?.thaw();
  }

  kill(killedBy: NonNullable<ProcessEnd['killedBy']>): void {
    if (this.#isOver) return;
    this.#killedBy ??= killedBy;
    this.#process?.kill();
  }

  async #run(definition: FunctionDefinition, options: RuntimeProcessOptions): Promise<ProcessEnd> {
    const token = randomBytes(16).toString('hex');
    let api: HttpServer | undefined;
    let temporaryFolder: string | undefined;
    try {
      api = await startRuntimeApi(options.host, token);
      temporaryFolder = await mkdtemp(join(tmpdir(), 'local-lambda-'));
      const own = { runtimeApi: `127.0.0.1:${api.port}`, temporaryFolder, token };
      const exit = this.isEnding ? nothingRan : await this.#runProcess(definition, options, own);
      return { exit, killedBy: this.#killedBy };
    } catch (error) {
      const failure = { errorType: 'Sandbox.Failed', errorMessage: String(error) };
      return { exit: nothingRan, killedBy: this.#killedBy, error: failure };
    } finally {
      this.#isOver = true;
      clearTimeout(this.#timer);
      this.#memory.end();
      await api?.close();
      if (temporaryFolder !== undefined) await rm(temporaryFolder, { recursive: true, force: true });
    }
  }

  #runProcess(
    definition: FunctionDefinition,
    { node: { path: node }, ric, codeFolder, region, environmentId, debugPort, onLine }: RuntimeProcessOptions,
    { runtimeApi, temporaryFolder, token }: { runtimeApi: string; temporaryFolder: string; token: string },
  ): Promise<Exit> {
    if (!existsSync(codeFolder)) {
      throw new Error(`Expected the code of ${definition.name} in ${codeFolder}, got no folder`);
    }
    this.#process = spawnRuntime({
      node,
      nodeOptions: nodeOptions(definition, debugPort),
      ric,
      handler: definition.handler,
      cwd: codeFolder,
      env: lambdaVariables(definition, { codeFolder, region, environmentId, runtimeApi, temporaryFolder, node, ric }),
      token,
      temporaryFolder,
      onLine,
    });
    if (!this.#isDebugged) this.#memory.watch(this.#process.pid);
    return this.#process.exited;
  }
}
