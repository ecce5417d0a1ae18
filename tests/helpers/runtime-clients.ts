import { join } from 'node:path';
import type { ScenarioName } from '../fixtures/failures/scenarios';
import { type Answer, callApi, callUrl, type Observation, observe } from './invocations';
import { type ObservedLambda, startObservedLambda } from './local-lambda';

/** Those of the two runtimes that AWS supports. */
const runtimeClients: readonly [name: string, ric: string][] = [
  ['aws-lambda-ric 4, of the Node.js 24 runtime', require.resolve('aws-lambda-ric')],
  ['aws-lambda-ric 3, of the Node.js 22 runtime', require.resolve('aws-lambda-ric-3/bin/index.mjs')],
];

export type Call = (scenario: ScenarioName, method?: string) => Promise<Answer & Observation>;

/** The function Scenarios of tests/fixtures/failures, on a local Lambda. */
export interface Scenarios {
  readonly lambda: () => ObservedLambda;
  /** Calls the function URL, and waits for the end of the invocation. */
  readonly http: Call;
  /** The same by the Lambda API. */
  readonly direct: Call;
  /** Both, for `describe.each` and `test.each`. */
  readonly callers: readonly [name: string, call: Call][];
}

/** Runs tests on the real runtime clients of both runtimes, one after the other. */
export function onBothRuntimeClients(tests: (scenarios: Scenarios) => void): void {
  describe.each(runtimeClients)('on %s', (_, ric) => {
    let started: ObservedLambda | undefined;
    beforeAll(async () => {
      const template = join(__dirname, '../fixtures/failures/template.yaml');
      started = await startObservedLambda({ template, ric, function: 'Scenarios' });
    });
    const lambda = () => {
      if (started === undefined) throw new Error('Expected a local Lambda, none has started yet');
      return started;
    };
    const http: Call = async (scenario, method) => {
      const answer = await callUrl(lambda(), 'Scenarios', { scenario }, method);
      return { ...answer, ...(await observe(lambda(), answer.requestId)) };
    };
    const direct: Call = async (scenario) => {
      const answer = await callApi(lambda(), 'Scenarios', { scenario });
      return { ...answer, ...(await observe(lambda(), answer.requestId)) };
    };
    const callers = [
      ['HTTP', http],
      ['direct', direct],
    ] satisfies [string, Call][];
    tests({ lambda, http, direct, callers });
  });
}

/** What a direct caller gets of an invocation error. */
export function errorOf({ headers, body }: Answer): unknown {
  expect(headers.get('x-amz-function-error')).toBe('Unhandled');
  return JSON.parse(body);
}

export function messages({ records }: Observation, level: string): string[] {
  return records.filter((record) => record.level === level).map(({ message }) => message);
}
