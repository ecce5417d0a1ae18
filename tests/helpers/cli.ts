import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

const projectFolder = path.join(__dirname, '../..');
const cli = ['--import', 'tsx', path.join(projectFolder, 'local/cli/main.ts')];
const running: RunningCli[] = [];

afterAll(async () => {
  await Promise.all(running.map((process) => process.end()));
});

/** Starts the real command line with these arguments; it is stopped, if need be, when the tests are over. */
export function startCli(...args: string[]): RunningCli {
  return startProcess(process.execPath, [...cli, ...args]);
}

/** The same, with these variables and no others. */
export function startCliWith(env: NodeJS.ProcessEnv, ...args: string[]): RunningCli {
  return startProcess(process.execPath, [...cli, ...args], projectFolder, env);
}

/** Starts a command, in the project's folder if no other is named; it is stopped, if need be, when the tests are over. */
export function startProcess(
  command: string,
  args: readonly string[],
  cwd = projectFolder,
  env?: NodeJS.ProcessEnv,
): RunningCli {
  const started = new RunningCli(command, args, { cwd, env });
  running.push(started);
  return started;
}

export class RunningCli {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #closed: Promise<unknown>;
  #out = '';
  #log = '';

  constructor(command: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv | undefined }) {
    this.#child = spawn(command, args, { ...options, stdio: 'pipe' });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#out += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
    this.#closed = once(this.#child, 'close');
  }

  /** All of stdout so far. */
  get out(): string {
    return this.#out;
  }

  /** All of stderr so far. */
  get log(): string {
    return this.#log;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('Expected a running process, received none');
    return this.#child.pid;
  }

  /** Resolves to the text of the first group, once stdout matches. */
  async outMatches(pattern: RegExp): Promise<string> {
    return await this.#match(this.#child.stdout, () => this.#out, pattern);
  }

  /** Resolves to the text of the first group, once stderr matches. */
  async logMatches(pattern: RegExp): Promise<string> {
    return await this.#match(this.#child.stderr, () => this.#log, pattern);
  }

  /** All of stdin. */
  write(input: string): this {
    this.#child.stdin.end(input);
    return this;
  }

  /** One line of stdin, others may follow. */
  send(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves to the exit code, or null when a signal ended the process, after all output has been read. */
  async exited(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.signal(signal);
    return await this.exited();
  }

  /** In order, so that esbuild's process ends too; by force if that takes too long. */
  async end(): Promise<void> {
    const timer = setTimeout(() => {
      this.signal('SIGKILL');
    }, 20_000);
    await this.stop('SIGTERM');
    clearTimeout(timer);
  }

  async #match(stream: Readable, text: () => string, pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(text());
      if (match) return match[1] ?? match[0];
      const done = new AbortController();
      const events = [once(stream, 'data', done), once(stream, 'end', done)];
      const event = await Promise.race(events).finally(() => {
        done.abort();
      });
      if (event.length === 0)
        throw new Error(`Expected ${pattern} in the output, received:\n${this.#out}\n${this.#log}`);
    }
  }
}
