import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Exit } from './invocation-error';
import { RuntimeLog } from './runtime-log';

export interface RuntimeProcess {
  /** Undefined where the process could not be started. */
  readonly pid: number | undefined;
  /** Resolves once the process has ended and all that it wrote has been read; rejects when it could not be started. */
  readonly exited: Promise<Exit>;
  /** Resolves once all that the process wrote before this mark, see rapid-client.cjs, has been read. */
  logged(mark: number): Promise<void>;
  /** Ends the process, and those that it has started, at once. */
  kill(): void;
}

export interface RuntimeProcessOptions {
  readonly node: string;
  readonly nodeOptions: readonly string[];
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  readonly handler: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (text: string) => void;
}

/** Runs the unmodified runtime interface client. Its process dies with this one, whatever happens to this one. */
export function startRuntimeProcess({
  node,
  nodeOptions,
  ric,
  handler,
  cwd,
  env,
  onLine,
}: RuntimeProcessOptions): RuntimeProcess {
  const markToken = randomBytes(16).toString('hex');
  const log = new RuntimeLog(markToken, onLine);
  const child = spawnRuntime([node, ...nodeOptions, '--require', rapidClient, ric, handler], {
    cwd,
    env: { ...env, LOCAL_LAMBDA_LOG_MARK: markToken },
    // A process group of its own: Ctrl-C in the terminal does not reach it, and it can be killed with its children.
    detached: !isWindows,
    windowsHide: true,
  });
  const output = [child.stdout, child.stderr].filter((stream) => stream instanceof Readable);
  const kill = (): void => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  const exited = Promise.all([exitOf(child), log.read(output)]).then(([exit]) => exit);
  child.once('exit', () => {
    // Whatever it has started must not outlive it, nor hold the pipe of the log open.
    kill();
    const straggler = setTimeout(() => {
      for (const stream of output) stream.destroy();
    }, STRAGGLER_MS);
    child.once('close', () => {
      clearTimeout(straggler);
    });
  });
  return { pid: child.pid, exited, logged: (mark) => log.reached(mark), kill };
}

const rapidClient = join(__dirname, 'rapid-client.cjs');

/** How long a process that left the group may hold the pipe of the log open after the runtime has ended. */
const STRAGGLER_MS = 1_000;

function spawnRuntime([node = '', ...args]: readonly string[], options: SpawnOptions): ChildProcess {
  return isWindows
    ? spawn(node, args, { ...options, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    : spawn('/bin/sh', ['-c', launcher, 'sh', node, ...args], {
        ...options,
        stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
      });
}

const isWindows = process.platform === 'win32';

/**
 * File descriptor 3 is the lifeline: this process holds its other end and never writes, so that the read in the
 * background returns when this process ends, a SIGKILL included, and then kills the group. JavaScript in the runtime's
 * own process could not: the function may keep its event loop busy. The runtime takes the place of the shell.
 */
const launcher = '(read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 2>&1 3<&-';

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(isWindows ? leader : -leader, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
