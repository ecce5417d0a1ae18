import { spawn, type ChildProcess, type SpawnOptions as ChildOptions } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ProcessGroup } from './process-group';
import { ProcessOutput, type OutputListener } from './output';

export interface SpawnedRuntime {
  /** Undefined where the process could not be started. */
  readonly pid: number | undefined;
  /** Resolves once the process has ended and all that it wrote has been read; rejects when it could not be started. */
  readonly exited: Promise<Exit>;
  /** Resolves once all that the process wrote before this mark, see rapid-client.cjs, has been read. */
  logged(mark: number): Promise<void>;
  /** Lets the process, and those that it has started, stand still until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends the process, and those that it has started, at once. */
  kill(): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface SpawnOptions {
  readonly node: string;
  readonly nodeOptions: readonly string[];
  /** The entry file of the runtime interface client. */
  readonly ric: string;
  readonly handler: string;
  readonly cwd: string;
  /** With the id of the environment: it tells what the function has started from all else on this machine. */
  readonly env: Readonly<Record<string, string>>;
  readonly environmentId: string;
  /**
   * Shows that something comes from the runtime client. The function does not come upon it by accident; one that looks
   * for it finds it in /proc/self/environ.
   */
  readonly token: string;
  /** Removed when this process ends before the runtime does; otherwise the caller removes it. */
  readonly temporaryFolder: string;
  readonly listener: OutputListener;
}

/** Runs the unmodified runtime interface client. Its process dies with this one, whatever happens to this one. */
export function spawnRuntime(options: SpawnOptions): SpawnedRuntime {
  const { node, nodeOptions, ric, handler, cwd, env, token, environmentId, temporaryFolder, listener } = options;
  const log = new ProcessOutput(token, listener);
  const command = [node, ...nodeOptions, ...preloaded, ric, handler];
  const child = spawnInGroup(command, [temporaryFolder, environmentId], {
    cwd,
    env: { ...env, LOCAL_LAMBDA_TOKEN: token },
    // A process group of its own: Ctrl-C in the terminal does not reach it, and it can be killed with its children.
    detached: !isWindows,
    windowsHide: true,
  });
  const output = [child.stdout, child.stderr].filter((stream) => stream instanceof Readable);
  const group = new ProcessGroup(child, environmentId);
  const exited = Promise.all([exitOf(child), log.read(output)]).then(([exit]) => exit);
  child.once('exit', () => {
    const straggler = setTimeout(() => {
      for (const stream of output) stream.destroy();
    }, STRAGGLER_MS);
    child.once('close', () => {
      clearTimeout(straggler);
    });
  });
  return {
    pid: child.pid,
    exited,
    logged: (mark) => log.reached(mark),
    freeze: () => {
      group.freeze();
    },
    thaw: () => {
      group.thaw();
    },
    kill: () => {
      group.kill();
    },
  };
}

const preloaded = ['rapid-client.cjs', 'aws-sdk.cjs'].flatMap((file) => ['--require', join(__dirname, file)]);

/** How long a process that has outlived the runtime may hold the pipe of the log open. */
const STRAGGLER_MS = 1_000;

const isWindows = process.platform === 'win32';

function spawnInGroup(
  command: readonly string[],
  launcherArguments: readonly string[],
  options: ChildOptions,
): ChildProcess {
  return isWindows
    ? spawn(command[0] ?? '', command.slice(1), { ...options, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    : spawn('/bin/sh', ['-c', launcher, 'sh', ...launcherArguments, ...command], {
        ...options,
        stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
      });
}

/**
 * File descriptor 3 is the lifeline: this process holds its other end and never writes, so that the read in the
 * background returns when this process ends, a SIGKILL included. The watcher then does what process-group.ts does before:
 * it stops the runtime and all that it has started, and kills them. JavaScript in the runtime's own process could not: the
 * function may keep its event loop busy, or be frozen. The process id of the watcher goes back on the same descriptor. A
 * crash leaves no core file. The runtime takes the place of the shell.
 */
const launcher = `
temporary=$1 environment=$2; shift 2
ulimit -c 0
watch() {
  read -r _ <&3
  PATH=/usr/bin:/bin
  read -r self _ </proc/self/stat
  stopped=
  stop $$
  stop $(marked)
  stop $(marked)
  kill -KILL $$ $stopped
  rm -rf -- "$temporary"
  kill -KILL 0
}
stop() {
  for pid in "$@"; do
    case " $self $stopped " in *" $pid "*) continue ;; esac
    kill -STOP "$pid"
    stopped="$stopped $pid"
    stop $(cat /proc/"$pid"/task/*/children)
  done
}
marked() {
  for file in $(grep -lsF -e "$environment" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    echo "\${pid%/environ}"
  done
}
watch >/dev/null 2>&1 &
echo $! >&3
exec "$@" 2>&1 3<&-`;

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
}
