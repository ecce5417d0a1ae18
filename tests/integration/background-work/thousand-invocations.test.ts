import { join } from 'node:path';
import fc from 'fast-check';
import { startLocalLambda, type TestLambda } from '../../../testing';
import { anyProgram, truthOf } from '../../helpers/any-program';
import { observationOf } from '../../helpers/function-records';

let lambda: TestLambda;

beforeAll(async () => {
  const template = join(__dirname, '../../fixtures/failures/template.yaml');
  lambda = await startLocalLambda({ template, function: 'Programs' });
});
afterAll(() => lambda.close());

test('1,000 invocations with random failures in a row leave one process, level memory, and reports that add up', async () => {
  const seed = Number(process.env['FC_SEED'] ?? 1_000);
  const peaks: number[] = [];
  let coldStarts = 0;
  let registered = 0;
  let reported = 0;

  for (const steps of fc.sample(anyProgram([]), { numRuns: 1_000, seed })) {
    const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify({ steps }) });
    const observation = observationOf(await response.invocation);
    registered += truthOf(observation).filter(({ event }) => event === 'registered').length;
    reported += observation.report.tasks.length;
    peaks.push(peakMemory(observation.lines));
    if (observation.lines.at(-1)?.includes('Init Duration')) coldStarts += 1;
  }

  expect(reported).toBe(registered);
  expect(registered).toBeGreaterThan(500);
  expect(coldStarts).toBe(1);
  // The peak of a process never falls. It has warmed up after 300.
  expect(peaks.at(-1)).toBeLessThan(1.3 * (peaks[300] ?? 0));
});

/** MB, of the process so far. */
function peakMemory(lines: readonly string[]): number {
  const megabytes = /Max Memory Used: (\d+) MB/.exec(lines.at(-1) ?? '')?.[1];
  if (megabytes === undefined) throw new Error(`Expected a REPORT with Max Memory Used, received ${lines.at(-1)}`);
  return Number(megabytes);
}
