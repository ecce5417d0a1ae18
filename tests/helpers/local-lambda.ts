import { EventEmitter } from 'node:events';
import { type LocalLambda, type LocalLambdaOptions, startLocalLambda } from '../../local/local-lambda';
import type { LogLine } from '../../local/log/platform-log';
import type { EndedInvocation } from '../../testing';
import { Invocations } from '../../testing/invocations';

/** For what the test kit has no use for: options of the local Lambda itself, several functions, and all of the log. */
export interface ObservedLambda extends LocalLambda {
  /** All that has been logged so far. */
  readonly log: readonly LogLine[];
  /** Resolves to the first line that fits, be it logged already or still to come. */
  waitForLog(predicate: (line: LogLine) => boolean): Promise<LogLine>;
  ended(requestId: string): Promise<EndedInvocation>;
}

const running: LocalLambda[] = [];

afterAll(async () => {
  await Promise.all(running.map((lambda) => lambda.close()));
});

/** A local Lambda on free ports, of the project's own template unless told otherwise, closed when the tests are over. */
export async function startObservedLambda(options: LocalLambdaOptions = {}): Promise<ObservedLambda> {
  const log: LogLine[] = [];
  const lines = new EventEmitter<{ line: [LogLine] }>().setMaxListeners(Infinity);
  const invocations = new Invocations();
  const lambda = await startLocalLambda({
    port: 0,
    apiPort: 0,
    ...options,
    onLog: (line) => {
      log.push(line);
      invocations.takeLine(line);
      lines.emit('line', line);
    },
    onEnd: (ended) => {
      invocations.takeEnd(ended);
    },
  });
  running.push(lambda);
  return {
    ...lambda,
    log,
    waitForLog: (predicate) =>
      new Promise((resolve) => {
        const logged = log.find(predicate);
        if (logged) {
          resolve(logged);
          return;
        }
        const onLine = (line: LogLine) => {
          if (!predicate(line)) return;
          lines.off('line', onLine);
          resolve(line);
        };
        lines.on('line', onLine);
      }),
    ended: (requestId) => invocations.ended(requestId, 60),
  };
}
