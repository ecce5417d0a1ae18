import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { runtimeClients } from '../../helpers/runtime-clients';
import { type LogRecord, type Ordered, type Shop, startShop } from '../../helpers/queued-tasks';

describe.each(runtimeClients)('on %s', (_, ric) => {
  describe('where the Lambda API takes connections and never answers', () => {
    let silent: Server;
    let shop: Shop;

    beforeAll(async () => {
      silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const address = silent.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      shop = await startShop({ ric, variables: { LAMBDA_API: `http://127.0.0.1:${port}` } });
    });
    afterAll(() => {
      silent.close();
    });

    test('what is cut off is lost, which the log and the metrics say, and the invocation ends in order', async () => {
      const ordered = await shop.order({ by: 'waitUntil', work: 'is slow' }, 'Alone');
      const { status, report } = await shop.endOf(ordered);
      expect(status).toBe('success');
      expect(report?.tasks).toMatchObject([{ id: ordered.id, outcome: 'cut off', queued: false }]);
      const [lost, ...more] = recordsOf(shop, ordered).filter(({ message }) => message === 'Background task lost');
      expect(more).toEqual([]);
      expect(lost).toMatchObject({ level: 'ERROR', task: 'send receipt' });
      expect(lost?.['bytes']).toBeGreaterThan(100);
      expect(JSON.stringify(lost)).not.toContain('order 1');
      expect(JSON.stringify(lost)).toContain('has not answered within');
      expect(recordsOf(shop, ordered).at(-1)).toMatchObject({ TasksLost: 1, CutOff: 1, Failures: 1 });
    });

    test('an enqueue that nobody awaits, and that is still under way when the grace ends, is cut off', async () => {
      const ordered = await shop.order({ by: 'enqueue validated for ever' }, 'Patient');
      const { status, report } = await shop.endOf(ordered);
      expect(status).toBe('success');
      expect(report?.tasks).toEqual([
        { name: 'validated for ever', outcome: 'cut off', startMs: anyNumber, milliseconds: anyNumber },
      ]);
      const errors = recordsOf(shop, ordered).filter(({ level }) => level === 'ERROR');
      expect(errors).toMatchObject([{ message: 'Background task cut off', task: 'validated for ever' }]);
      expect(recordsOf(shop, ordered).at(-1)).toMatchObject({ CutOff: 1, Failures: 0 });
    });
  });

  describe('where there is no Lambda API', () => {
    let shop: Shop;

    beforeAll(async () => {
      shop = await startShop({ ric, variables: { LAMBDA_API: 'http://127.0.0.1:1' } });
    });

    test('enqueue rejects with an error that names the task', async () => {
      const { refusal } = await shop.order({ by: 'enqueue' }, 'Alone');
      expect(refusal).toBe('EnqueueError: The task "send receipt" is not queued: connect ECONNREFUSED 127.0.0.1:1');
    });

    test('a task that fails, and cannot be queued, is lost', async () => {
      const ordered = await shop.order({ by: 'waitUntil', work: 'fails' }, 'Alone');
      const { report } = await shop.endOf(ordered);
      expect(report).toMatchObject({ tasks: [{ outcome: 'failed', queued: false }], failures: 2 });
      expect(recordsOf(shop, ordered).at(-1)).toMatchObject({ TasksLost: 1, TasksFailed: 1 });
    });

    test('of more than a hundred the log names a hundred, beside the hundred that it names as failed', async () => {
      const ordered = await shop.order({ by: 'waitUntil, 101 times', work: 'fails' }, 'Alone');
      expect((await shop.endOf(ordered)).report).toMatchObject({ failures: 202 });
      const count = (sought: string) => recordsOf(shop, ordered).filter(({ message }) => message === sought).length;
      expect([count('Background task failed'), count('Background task lost')]).toEqual([100, 100]);
      expect(recordsOf(shop, ordered).at(-1)).toMatchObject({ TasksLost: 101, TasksFailed: 101 });
    });
  });

  // That of the local Lambda, taken away or left empty.
  describe.each(['none', 'empty'])('where sam local has no queue, its variable %s', (api) => {
    let shop: Shop;

    beforeAll(async () => {
      shop = await startShop({ ric, variables: { LAMBDA_API: api } });
    });

    test('enqueue has the task run here, after the answer, with one warning an environment', async () => {
      for (const warnings of [1, 0]) {
        const ordered = await shop.order({ by: 'enqueue' }, 'Alone');
        const { report } = await shop.endOf(ordered);
        expect(report?.tasks).toMatchObject([{ name: 'send receipt', id: ordered.id, outcome: 'completed' }]);
        expect(shop.attempts(ordered.id, 'done')).toMatchObject([{ function_request_id: ordered.requestId }]);
        const warned = recordsOf(shop, ordered).filter(({ level }) => level === 'WARN');
        expect(warned.map(({ message }) => message)).toEqual(
          Array(warnings).fill('sam local has no event queue: the tasks run here, after the answer'),
        );
      }
    });
  });
});

const anyNumber: unknown = expect.any(Number);

function recordsOf({ records }: Shop, { requestId }: Ordered): LogRecord[] {
  return records.filter((record) => record['function_request_id'] === requestId);
}
