import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Exit } from './invocation-error';

export interface RuntimeProcess {
  /** Undefined where the process could not be started. */
  readonly pid: number | undefined;
  /** Standard output and standard error; one stream, in the order written, where the platform can do that. */
  readonly output: readonly Readable[];
  /** Resolves once the process has ended and all that it wrote has been read; rejects when it could not be started. */
  readonly exited: Promise<Exit>;
  /** Ends the process, and those that it has started, at once. */
  kill(): void;
}

export interface RuntimeProcessOptions {
  readonly node: string;
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  readonly handler: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const rapidClient = join(__dirname, 'rapid-client.cjs');

/** How long a process that left the group may hold the pipe of the log open after the runtime has ended. */
const STRAGGLER_MS = 1_000;

/** Runs the unmodified runtime interface client. Its process dies with this one, whatever happens to this one. */
export function startRuntimeProcess({ node, ric, handler, cwd, env }: RuntimeProcessOptions): RuntimeProcess {
  const command = ['--require', rapidClient, ric, handler];
  // A process group of its own: Ctrl-C in the terminal does not reach it, and it can be killed with its children.
  const options = { cwd, env, detached: !isWindows, windowsHide: true } as const;
  const child = isWindows
    ? spawn(node, command, { ...options, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    : spawn('/bin/sh', ['-c', launcher, 'sh', node, ...command], {
        ...options,
        stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
      });
  const { pid, stdout, stderr } = child;

  const kill = (): void => {
    if (pid !== undefined) killGroup(pid);
  };
  const exited = new Promise<Exit>((resolve, reject) => {
    let exit: Exit = { code: null, signal: null };
    let straggler: NodeJS.Timeout | undefined;
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      // Whatever it has started would hold the pipes open, and must not outlive it.
      kill();
      straggler = setTimeout(() => {
        stdout?.destroy();
        stderr?.destroy();
      }, STRAGGLER_MS);
    });
    child.once('close', () => {
      clearTimeout(straggler);
      resolve(exit);
    });
  });
  return { pid, output: [stdout, stderr].filter((stream) => stream instanceof Readable), exited, kill };
}

const isWindows = process.platform === 'win32';

/**
 * File descriptor 3 is the lifeline: this process holds its other end and never writes, so that the read in the
 * background returns when this process ends, a SIGKILL included, and then kills the group. JavaScript in the runtime's
 * own process could not: the function may keep its event loop busy. The runtime takes the place of the shell.
 */
const launcher = '(read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 2>&1 3<&-';

function killGroup(leader: number): void {
  try {
    process.kill(isWindows ? leader : -leader, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
