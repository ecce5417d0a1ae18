import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalTool } from './tool';

/** A local tool, from its command on. Its processes are a group of their own, which ends with it. */
export class RunningTool {
  readonly #tool: LocalTool;
  readonly #child: ChildProcess;
  readonly #startedAt = performance.now();
  /** Resolves when it has ended, and all that it has written is read. */
  readonly #closed: Promise<unknown>;
  #log = '';

  constructor(tool: LocalTool) {
    this.#tool = tool;
    const [command = '', ...args] = tool.command;
    this.#child = spawn(command, args, {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, ...tool.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const add = (text: unknown) => {
      this.#log += String(text);
    };
    this.#child.stdout?.on('data', add);
    this.#child.stderr?.on('data', add);
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve));
    // Told by the request that finds no server.
    this.#child.on('error', add);
  }

  /** Milliseconds from the command to the first right answer: it is asked again and again until it listens. */
  async firstAnswer(timeoutMs: number): Promise<number> {
    while (performance.now() - this.#startedAt < timeoutMs) {
      try {
        await this.answer('Hello', timeoutMs);
        return performance.now() - this.#startedAt;
      } catch (error) {
        if (this.#ended) await this.#closed;
        if (this.#ended || !isRefused(error)) throw this.#failure(error);
        await sleep(10);
      }
    }
    throw this.#failure(`none within ${timeoutMs} ms`);
  }

  /** Milliseconds until the whole of the answer is there. Rejects where it is not the right one. */
  async answer(message: string, timeoutMs: number): Promise<number> {
    const { url, body } = this.#tool.request(message);
    const startedAt = performance.now();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    const milliseconds = performance.now() - startedAt;
    const written = this.#tool.readBody?.(text) ?? text;
    if (response.status !== 200 || written !== JSON.stringify({ echoedMessage: message })) {
      throw new Error(`Expected the message, received ${response.status} ${text.slice(0, 200)}`);
    }
    return milliseconds;
  }

  async close(): Promise<void> {
    if (!this.#ended) {
      this.#signal('SIGINT');
      const patience = new AbortController();
      const impatient = sleep(10_000, undefined, { signal: patience.signal }).then(
        () => {
          this.#signal('SIGKILL');
        },
        () => undefined,
      );
      await this.#closed;
      patience.abort();
      await impatient;
    }
    await this.#tool.cleanUp?.(this.#log);
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid !== undefined) process.kill(-pid, signal);
  }

  #failure(cause: unknown): Error {
    const log = this.#log.trimEnd().split('\n').slice(-5).join('\n');
    return new Error(`Expected ${this.#tool.name} to answer: ${String(cause)}. ${log}`, { cause });
  }
}

/** While it does not listen yet. */
function isRefused(error: unknown): boolean {
  const cause: unknown = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED';
}
