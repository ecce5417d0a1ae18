import { readFileSync } from 'node:fs';

/**
 * Resolves when somebody wants this process to stop: Ctrl-C, SIGTERM, or an npm that has gone. From then on a further
 * signal ends the process at once; the execution environments die with it.
 */
export function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    let requestedAt: number | undefined;
    const request = () => {
      requestedAt ??= performance.now();
      resolve();
    };
    const onSignal = (exitCode: number) => () => {
      const isImpatient = requestedAt !== undefined && performance.now() - requestedAt > echoMilliseconds;
      if (isImpatient) process.exit(exitCode);
      request();
    };
    process.on('SIGINT', onSignal(130));
    process.on('SIGTERM', onSignal(143));
    onNpmGone(request);
  });
}

/** One Ctrl-C may come twice: from the terminal, and passed on by npm. */
const echoMilliseconds = 300;

/**
 * Calls back when the npm that runs this process as a script has ended. npm passes a SIGTERM on to the shell between the
 * two at most, so no signal comes here: all that can be seen is that a parent is no longer there.
 */
function onNpmGone(callback: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const ancestors = ancestorsUpToNpm();
  const timer = setInterval(() => {
    if (ancestorsUpToNpm() === ancestors) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}

/** Our parent: npm, or the shell that npm has started. Behind a shell, npm too, where /proc names it. */
function ancestorsUpToNpm(): string {
  const parent = process.ppid;
  try {
    const [, option] = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0');
    return option === '-c' ? `${parent} ${parentOf(parent)}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}

function parentOf(pid: number): string {
  // "<pid> (<name>) <state> <ppid> ...", and the name may hold anything.
  const [, parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return parent;
}
