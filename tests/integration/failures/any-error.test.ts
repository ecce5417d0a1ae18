import fc from 'fast-check';
import { secret } from '../../fixtures/failures/error-of';
import type { ErrorShape, PropertyShape } from '../../fixtures/failures/error-shape';
import { type Place, places } from '../../fixtures/failures/places';
import { anyError } from '../../helpers/any-error';
import { recordsIn } from '../../helpers/function-records';
import { onBothRuntimeClients } from '../../helpers/runtime-clients';

interface Input {
  readonly place: Place;
  readonly error: ErrorShape;
}

/** How many of the generated ones, all in one environment. */
const values = Number(process.env['ERRORS'] ?? 1_000);

onBothRuntimeClients<Input>('Errors', ({ lambda, http, direct, callers }) => {
  const throwsLate = (place: Place) => place.endsWith('after the end');

  describe.each<[string, ErrorShape]>([
    ['a cause that refers to itself', anErrorWith({ key: 'cause', value: { is: 'itself' } })],
    ['a cause 20,000 deep', anErrorWith({ key: 'cause', value: { is: 'deep', depth: 20_000 } })],
    ['an enumerable getter that throws', anErrorWith({ key: 'other', value: { is: 'getter that throws' } })],
    ['a message that throws', anErrorWith({ key: 'message', value: { is: 'getter that throws' } })],
    ['a stack that is no text', anErrorWith({ key: 'stack', value: { is: 'date' } })],
    ['a Proxy that throws', { is: 'object', kind: 'Error', guise: 'proxy that throws', properties: [] }],
    ['an object without a prototype', { is: 'object', kind: 'no prototype', guise: 'bare', properties: [] }],
    ['undefined', { is: 'primitive', type: 'undefined' }],
  ])('of %s', (_, error) => {
    test.each(places.filter((place) => !throwsLate(place)))('%s: one failure, and the task goes on', async (place) => {
      for (const [, call] of callers) {
        const { report, metrics, records, status } = await call({ place, error });
        expect({ failures: report.failures, metric: metrics.Failures }).toEqual({ failures: 1, metric: 1 });
        expect(records.filter(({ level }) => level === 'ERROR')).toHaveLength(1);
        expect(report.tasks).toContainEqual(expect.objectContaining({ name: 'audit', outcome: 'completed' }));
        if (place !== 'before the answer') expect(status).toBe(200);
      }
    });

    test('before the answer: HTTP callers get a 500, direct ones an error', async () => {
      const place = 'before the answer';
      expect(await http({ place, error })).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
      const { headers } = await direct({ place, error });
      expect(headers.get('x-amz-function-error')).toBe('Unhandled');
    });
  });

  test(`${values} errors of any shape, in any place, in one environment: each failure is one record of its own request`, async () => {
    const seed = Number(process.env['FC_SEED'] ?? 12);
    const started = inits().length;
    const failed = new Set<string>();

    for (const [index, input] of fc.sample(anyInput(), { numRuns: values, seed }).entries()) {
      const call = index % 2 === 0 ? http : direct;
      const { requestId, report, records } = await call(input).catch((cause: unknown) => {
        throw new Error(`Expected one report after ${JSON.stringify(input).slice(0, 1_000)}`, { cause });
      });
      failed.add(requestId);
      expect({ input, failures: report.failures, id: report.requestId }).toEqual({
        input,
        failures: throwsLate(input.place) ? 0 : 1,
        id: requestId,
      });
      expect(records.filter(({ level }) => level === 'ERROR')).toHaveLength(report.failures);
    }
    // For the last one, where it throws late.
    await http({ place: 'in a task', error: { is: 'primitive', type: 'null' } });

    const lines = lambda().log.map(({ text }) => text);
    const recorded = recordsIn(lines).filter(({ level }) => level === 'ERROR');
    const ids = recorded.map((record) => record.function_request_id ?? '').filter((id) => failed.has(id));
    expect(ids.sort()).toEqual([...failed].sort());
    expect(inits()).toHaveLength(Math.max(1, started));
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    expect(lines.filter((line) => Buffer.byteLength(line) >= 64 * 1024)).toEqual([]);
    expect(lines.filter((line) => /Task timed out|Runtime exited/.test(line))).toEqual([]);
  }, 300_000);

  const inits = () => lambda().log.filter(({ text }) => text.startsWith('INIT_START'));
});

function anyInput(): fc.Arbitrary<Input> {
  return fc.record({ place: fc.constantFrom(...places), error: anyError() });
}

function anErrorWith(property: PropertyShape): ErrorShape {
  return { is: 'object', kind: 'Error', guise: 'bare', properties: [property] };
}
