import { recordsIn } from '../../helpers/function-records';
import type { Observation } from '../../helpers/invocations';
import { scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';

scenariosOnBothRuntimeClients(({ lambda, http }) => {
  test('a record of the handler says whether the start was cold, as the report does', async () => {
    for (const cold of [true, false]) {
      const { records, report } = await http('logs');
      expect(records.find(({ message }) => message === 'seen')).toMatchObject({ cold_start: cold });
      expect(report).toMatchObject({ coldStart: cold });
    }
  });

  describe('while a later invocation runs', () => {
    const order = ({ records }: Observation, message: string) => one(records, message)['order'];

    test.each([
      ['what a handler logs late', 'logs with keys, and after its invocation has ended', ['late', 'late, by a child']],
      ['what a task that was cut off logs', 'a task that is cut off logs when it is thawed', ['late']],
    ] as const)('%s is of its own invocation, and leaves the other alone', async (_, scenario, late) => {
      const a = await http(scenario);
      const b = await http('logs with keys of its own');
      expect([order(b, 'before'), order(b, 'after')]).toEqual(['B', 'B']);
      expect(b.records.map((record) => record.function_request_id)).toEqual(b.records.map(() => b.requestId));
      for (const message of late) {
        expect(one(recordsOf(a.requestId), message)).toMatchObject({ order: 'A', cold_start: false });
      }
    });

    test('something fails after its invocation has ended: recorded and counted under its own request, with its trace', async () => {
      const a = await http('fails after its invocation has ended');
      const b = await http('logs with keys of its own');
      expect(a.report.failures).toBe(0);
      expect(b.report.failures).toBe(0);
      expect(b.metrics.Failures).toBe(0);
      expect([order(b, 'before'), order(b, 'after')]).toEqual(['B', 'B']);

      const failure = one(recordsOf(a.requestId), 'Error that nobody caught, after its invocation had ended');
      expect(failure).toMatchObject({ level: 'ERROR', error: { name: 'TypeError', message: 'late' } });
      expect(failure['xray_trace_id']).toBe(one(a.records, 'early')['xray_trace_id']);
      expect(failure['xray_trace_id']).not.toBe(one(b.records, 'before')['xray_trace_id']);
      const metrics = lambda().log.filter(({ text }) => text.includes(a.requestId) && text.includes('"Failures":1'));
      expect(metrics).toHaveLength(1);
    });
  });

  test('the keys of one invocation are not those of the next', async () => {
    await http('logs with keys, and after its invocation has ended');
    const { records } = await http('logs');
    expect(one(records, 'seen')).not.toHaveProperty('order');
  });

  test('what a handler writes into its context is not taken for the invocation', async () => {
    const { requestId, report, records } = await http('fails, with keys, and renames its invocation');
    expect(report.requestId).toBe(requestId);
    expect(one(records, 'Handler failed after the response')).toMatchObject({ function_name: 'Scenarios' });
  });

  const recordsOf = (requestId: string) =>
    recordsIn(lambda().log.map(({ text }) => text)).filter((record) => record.function_request_id === requestId);
});

describe('where the logger is loaded late', () => {
  scenariosOnBothRuntimeClients(({ http }) => {
    test('a failure in the first invocation says that its start was cold, and no later record does', async () => {
      const cold = await http('throws after write');
      expect(one(cold.records, 'Handler failed after the response')).toMatchObject({ cold_start: true });
      const warm = await http('logs');
      expect(one(warm.records, 'seen')).toMatchObject({ cold_start: false });
      expect(warm.report).toMatchObject({ coldStart: false });
    });
  }, 'Quiet');
});

function one(records: Observation['records'], message: string): Observation['records'][number] {
  const [record, ...others] = records.filter((candidate) => candidate.message === message);
  if (record === undefined || others.length > 0) {
    throw new Error(`Expected one record "${message}", received ${JSON.stringify(records)}`);
  }
  return record;
}
