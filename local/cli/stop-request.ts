import { onNpmGone } from './npm-watch';

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

/** One Ctrl-C may come twice, from the terminal and passed on by npm. */
const echoMilliseconds = 300;
