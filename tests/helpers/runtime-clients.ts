import { join } from 'node:path';
import type { ScenarioName } from '../fixtures/failures/scenarios';
import { type Answer, callApi, callUrl, type Observation, observe } from './invocations';
import { type ObservedLambda, startObservedLambda } from './local-lambda';

/** Those of the two runtimes that AWS supports. */
export const runtimeClients: readonly [name: string, ric: string][] = [
  ['aws-lambda-ric 4, of the Node.js 24 runtime', require.resolve('aws-lambda-ric')],
  ['aws-lambda-ric 3, of the Node.js 22 runtime', require.resolve('aws-lambda-ric-3/bin/index.mjs')],
];

export type Call<Input> = (input: Input, method?: string) => Promise<Answer & Observation>;

/** A function of tests/fixtures/failures, on a local Lambda. */
export interface Callers<Input> {
  readonly lambda: () => ObservedLambda;
  /** Calls the function URL, and waits for the end of the invocation. */
  readonly http: Call<Input>;
  /** The same by the Lambda API. */
  readonly direct: Call<Input>;
  /** Both, for `describe.each` and `test.each`. */
  readonly callers: readonly [name: string, call: Call<Input>][];
}

/** Runs tests on the real runtime clients of both runtimes, one after the other. */
export function onBothRuntimeClients<Input extends object>(
  functionName: string,
  tests: (callers: Callers<Input>) => void,
): void {
  describe.each(runtimeClients)('on %s', (_, ric) => {
    let started: ObservedLambda | undefined;
    beforeAll(async () => {
      const template = join(__dirname, '../fixtures/failures/template.yaml');
      started = await startObservedLambda({ template, ric, function: functionName });
    });
    const lambda = () => {
      if (started === undefined) throw new Error('Expected a local Lambda, none has started yet');
      return started;
    };
    const observed = async (answer: Answer) => ({ ...answer, ...(await observe(lambda(), answer.requestId)) });
    tests({
      lambda,
      ...calls<Input>(
        async (input, method) => observed(await callUrl(lambda(), functionName, input, method)),
        async (input) => observed(await callApi(lambda(), functionName, input)),
      ),
    });
  });
}

/** The same with the function Scenarios, or another with its scenarios, which takes their names. */
export function scenariosOnBothRuntimeClients(
  tests: (callers: Callers<ScenarioName>) => void,
  functionName = 'Scenarios',
): void {
  onBothRuntimeClients<{ scenario: ScenarioName }>(functionName, ({ lambda, http, direct }) => {
    const named = (call: typeof http): Call<ScenarioName> => {
      return (scenario, method) => call({ scenario }, method);
    };
    tests({ lambda, ...calls(named(http), named(direct)) });
  });
}

function calls<Input>(http: Call<Input>, direct: Call<Input>): Omit<Callers<Input>, 'lambda'> {
  return {
    http,
    direct,
    callers: [
      ['HTTP', http],
      ['direct', direct],
    ],
  };
}

/** What a direct caller gets of an invocation error. */
export function errorOf({ headers, body }: Answer): unknown {
  expect(headers.get('x-amz-function-error')).toBe('Unhandled');
  return JSON.parse(body);
}

export function messages({ records }: Pick<Observation, 'records'>, level: string): string[] {
  return records.filter((record) => record.level === level).map(({ message }) => message);
}
