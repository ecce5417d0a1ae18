import { join } from 'node:path';
import type { LogRecord } from './function-records';
import { type Observation, observe } from './invocations';
import { type ObservedLambda, startObservedLambda } from './local-lambda';
import { runtimeClients } from './runtime-clients';

/** The functions of a fixture, on a local Lambda. */
export interface Functions {
  readonly lambda: () => ObservedLambda;
  /** The Function URL of the one with this logical id, without the slash at its end. */
  readonly urlOf: (name: string) => string;
  /** What the invocation that answered has logged, once it has ended. */
  readonly observed: (answer: { readonly headers: Headers }) => Promise<Observation>;
}

/** Runs tests of `tests/fixtures/<fixture>` on the real runtime clients of both runtimes, one after the other. */
export function onBothRuntimes(fixture: string, tests: (functions: Functions) => void): void {
  describe.each(runtimeClients)('on %s', (_, ric) => {
    let started: ObservedLambda | undefined;
    beforeAll(async () => {
      started = await startObservedLambda({ template: join(__dirname, '../fixtures', fixture, 'template.yaml'), ric });
    });
    const lambda = () => {
      if (started === undefined) throw new Error('Expected a local Lambda, none has started yet');
      return started;
    };
    tests({
      lambda,
      urlOf: (name) => {
        const url = lambda().functionUrls.find(({ functionName }) => functionName === name)?.url;
        if (url === undefined) throw new Error(`Expected a Function URL of ${name}`);
        return url.slice(0, -1);
      },
      observed: ({ headers }) => observe(lambda(), headers.get('x-amzn-requestid') ?? ''),
    });
  });
}

/** The records of failures: what each says, and what was thrown. */
export function errorsIn({ records }: Observation): Pick<LogRecord, 'message' | 'error'>[] {
  return records.filter(({ level }) => level === 'ERROR').map(({ message, error }) => ({ message, error }));
}
