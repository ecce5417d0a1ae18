import { join } from 'node:path';
import fc from 'fast-check';
import { startLocalLambda, type TestLambda } from '../../../testing';
import { anyProgram, truthOf } from '../../helpers/any-program';
import { observationOf } from '../../helpers/function-records';
import type { Step } from '../../fixtures/failures/step';

/** Sequences in a run, and how many of them run at once, each in an environment of its own. */
const sequences = Number(process.env['SEQUENCES'] ?? 300);
const atOnce = 10;

let lambda: TestLambda;

beforeAll(async () => {
  const template = join(__dirname, '../../fixtures/failures/template.yaml');
  lambda = await startLocalLambda({ template, function: 'Programs' });
});
afterAll(() => lambda.close());

test('any sequence of steps ends in one answer and one report, with each task once and its true outcome', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyProgram(), { minLength: atOnce, maxLength: atOnce }), async (programs) => {
      await Promise.all(programs.map(check));
    }),
    // fast-check prints seed and path of a failure; run it again with FC_SEED.
    { numRuns: Math.ceil(sequences / atOnce), ...seed(process.env['FC_SEED']), endOnFailure: true },
  );
});

async function check(steps: readonly Step[]): Promise<void> {
  const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify({ steps }) });
  const answer = { status: response.status, body: await response.text() };
  const observation = observationOf(await response.invocation);
  const { report, metrics, lines } = observation;
  const truth = truthOf(observation);

  const written = truth.filter(({ event }) => event === 'wrote').length;
  expect(written).toBeLessThanOrEqual(1);
  if (written === 1) expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
  else expect([200, 500, 504]).toContain(answer.status);

  const registered = truth.filter(({ event }) => event === 'registered').map(({ name }) => name);
  expect(report.tasks.map(({ name }) => name).sort()).toEqual(registered.sort());
  for (const { name, outcome } of report.tasks) {
    const settled = truth.find((one) => one.name === name && one.event !== 'registered');
    expect({ name, outcome }).toEqual({ name, outcome: settled?.event ?? 'cut off' });
  }

  const cutOff = report.tasks.filter(({ outcome }) => outcome === 'cut off').length;
  expect(metrics.CutOff).toBe(cutOff + (report.handler === 'cut off' ? 1 : 0));
  expect(metrics.Failures).toBe(report.failures);
  expect(lines.join()).not.toContain('Task timed out');
}

function seed(value: string | undefined): { seed?: number } {
  return value === undefined ? {} : { seed: Number(value) };
}
