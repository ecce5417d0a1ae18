import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpServer } from '../http/server';
import type { DeliveredInvocation } from './invocation';
import { nothingRan, type InvocationErrorPayload, type ProcessEnd } from './invocation-error';
import { lambdaVariables, nodeOptions } from './process/lambda-variables';
import { MemoryLimit } from './process/memory-limit';
import type { OutputListener } from './process/output';
import { spawnRuntime, type SpawnedRuntime } from './process/spawn';
import type { PendingResponse } from './response';
import { startRuntimeApi } from './runtime-api';
import { RuntimeState, type Turn } from './runtime-state';
import type { EnvironmentSettings } from './settings';

export interface RuntimeProcessOptions {
  readonly environmentId: string;
  readonly listener: OutputListener;
  /** Called when nothing is left of it. */
  readonly onEnded: () => void;
  /** Ends it at once, whatever it is doing. */
  readonly signal: AbortSignal;
}

/** The runtime's process, its temporary folder and the Runtime API that it talks to: they live, and end, together. */
export class RuntimeProcess {
  /** Resolves when nothing is left; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly #isDebugged: boolean;
  readonly #memory: MemoryLimit;
  readonly #runtime = new RuntimeState(async (mark) => this.#spawned?.logged(mark));
  #spawned: SpawnedRuntime | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #killedBy: ProcessEnd['killedBy'];
  #isOver = false;

  /** @param seconds what init may take */
  constructor(settings: EnvironmentSettings, seconds: number, options: RuntimeProcessOptions) {
    const { definition, debugPort } = settings;
    this.#isDebugged = debugPort !== undefined;
    this.#memory = new MemoryLimit(definition.memorySize, () => {
      this.kill('memory');
    });
    options.signal.addEventListener('abort', () => {
      this.kill('close');
    });
    if (options.signal.aborted) this.kill('close');
    this.#killAfter(seconds);
    this.ended = this.#run(settings, options);
  }

  get isInitialized(): boolean {
    return this.#runtime.isInitialized;
  }

  /** Nothing of it runs any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** MB, as of the last measurement. */
  get maxMemoryUsed(): number | undefined {
    return this.#memory.peak;
  }

  /** Resolves when the runtime is done with init, or with the invocation that it has been given. */
  get turn(): Promise<Turn> {
    return this.#runtime.turn;
  }

  /** Gives the runtime an invocation, which it must have asked for. */
  deliver(invocation: DeliveredInvocation, response: PendingResponse): void {
    this.#runtime.deliver(invocation, response);
  }

  /** Lets everything in it stand still, without a deadline. A debugger would not get an answer, so it is spared. */
  freeze(): void {
    clearTimeout(this.#deadline);
    if (!this.#isDebugged) this.#spawned?.freeze();
    this.#memory.pause();
  }

  /** @param seconds what it may take from now on until it is frozen again */
  thaw(seconds: number): void {
    if (this.#isOver) return;
    this.#killAfter(seconds);
    if (!this.#isDebugged) this.#memory.resume();
    this.#spawned?.thaw();
  }

  kill(killedBy: NonNullable<ProcessEnd['killedBy']>): void {
    if (this.#isOver) return;
    this.#killedBy ??= killedBy;
    this.#runtime.stop();
    this.#spawned?.kill();
  }

  #killAfter(seconds: number): void {
    clearTimeout(this.#deadline);
    if (this.#isDebugged) return;
    this.#deadline = setTimeout(() => {
      this.#memory.look();
      this.kill('timeout');
    }, seconds * 1_000);
  }

  async #run(settings: EnvironmentSettings, options: RuntimeProcessOptions): Promise<ProcessEnd> {
    const token = randomBytes(16).toString('hex');
    let exit = nothingRan;
    let error: InvocationErrorPayload | undefined;
    let api: HttpServer | undefined;
    let temporaryFolder: string | undefined;
    try {
      api = await startRuntimeApi(this.#runtime, token);
      temporaryFolder = await mkdtemp(join(tmpdir(), 'local-lambda-'));
      if (!this.#killedBy) {
        this.#spawned = this.#spawn(settings, options, { token, temporaryFolder, runtimeApi: `127.0.0.1:${api.port}` });
        exit = await this.#spawned.exited;
      }
    } catch (reason) {
      error = { errorType: 'Sandbox.Failed', errorMessage: String(reason) };
    }
    this.#isOver = true;
    clearTimeout(this.#deadline);
    this.#memory.end();
    await api?.close();
    if (temporaryFolder !== undefined) await remove(temporaryFolder);
    const { isInitialized, initError } = this.#runtime;
    const end = { exit, killedBy: this.#killedBy, error: error ?? initError, duringInit: !isInitialized };
    this.#runtime.end(end);
    options.onEnded();
    return end;
  }

  #spawn(
    settings: EnvironmentSettings,
    { environmentId, listener }: RuntimeProcessOptions,
    own: { token: string; temporaryFolder: string; runtimeApi: string },
  ): SpawnedRuntime {
    const { definition, codeFolder, node, ric } = settings;
    if (!existsSync(codeFolder)) {
      throw new Error(`Expected the code of ${definition.name} in ${codeFolder}, found no folder`);
    }
    const spawned = spawnRuntime({
      node: node.path,
      nodeOptions: nodeOptions(settings),
      ric,
      handler: definition.handler,
      cwd: codeFolder,
      env: lambdaVariables({ ...settings, ...own, environmentId, lambdaApi: settings.lambdaApi?.() }),
      environmentId,
      ...own,
      listener,
    });
    if (!this.#isDebugged) this.#memory.watch(spawned.pid);
    return spawned;
  }
}

/** A process that has just been killed may write for another moment. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
}
