import type { Writable } from 'node:stream';
import { banner } from './banner';
import { startLocalLambda } from '../local-lambda';
import type { LocalLambdaOptions } from '../local-lambda';
import { stopRequest } from './stop-request';
import { logPrinter } from './terminal-log';
import type { LogForm, LogOutput } from './terminal-log';

export interface StartOptions extends LocalLambdaOptions {
  /** Readable on a terminal and raw anywhere else, by default. */
  readonly log?: LogForm | undefined;
  /** False: no live page, whatever `pagePort` says. */
  readonly page?: boolean;
}

/** `npm start`: serves the template's functions until it is told to stop. The banner goes to `out`, the log to `log`. */
export async function start(
  { log: form, page = true, pagePort, ...options }: StartOptions,
  { out, log }: { out: Writable; log: LogOutput },
): Promise<void> {
  const stop = stopRequest();
  const lambda = await startLocalLambda({
    ...options,
    pagePort: page ? pagePort : undefined,
    onLog: logPrinter(log, form),
    onWarning: (message) => log.write(`Warning: ${message}\n`),
    onNotice: (message) => log.write(`${message}\n`),
  });
  out.write(banner(lambda, options));
  await stop;
  await lambda.close();
}
