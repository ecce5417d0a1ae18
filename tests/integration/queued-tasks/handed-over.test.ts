import { runtimeClients } from '../../helpers/runtime-clients';
import { type Shop, startShop } from '../../helpers/queued-tasks';

describe.each(runtimeClients)('on %s', (_, ric) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await startShop({ ric });
  });

  test.each(['waitUntil', 'waitUntil by import'] as const)(
    'what %s runs here, and completes, is not queued',
    async (by) => {
      const ordered = await shop.order({ by });
      const { report } = await shop.endOf(ordered);
      expect(report?.tasks).toEqual([
        expect.objectContaining({ name: 'send receipt', id: ordered.id, outcome: 'completed' }),
      ]);
      expect(report?.tasks[0]).not.toHaveProperty('queued');
      expect(shop.attempts(ordered.id, 'done')).toMatchObject([{ function_request_id: ordered.requestId }]);
    },
  );

  test('a queued task fails here, or is cut off: what fails is queued with the same id', async () => {
    const ordered = await shop.order({ by: 'waitUntil', work: 'fails twice' });
    const [, last] = await shop.deliveries(ordered.id, 2);
    expect((await shop.endOf(ordered)).report).toMatchObject({
      tasks: [{ name: 'send receipt', id: ordered.id, outcome: 'failed', queued: true }],
      failures: 1,
    });
    expect(last?.status).toBe('success');
    expect(shop.attempts(ordered.id).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test('what is cut off is queued, and gets to its end in a later invocation', async () => {
    const ordered = await shop.order({ by: 'waitUntil', work: 'is slow once' }, 'Hasty');
    const [delivery] = await shop.deliveries(ordered.id, 1);
    const { status, report, log } = await shop.endOf(ordered);
    expect(status).toBe('success');
    expect(report?.tasks).toMatchObject([{ id: ordered.id, outcome: 'cut off', queued: true }]);
    expect(log.join('\n')).toContain('"Background task cut off"');
    expect(delivery).toMatchObject({ status: 'success', report: { handler: 'completed' } });
    expect(shop.attempts(ordered.id, 'done')).toMatchObject([{ attempt: 2 }]);
  });

  const misplaced =
    'Expected the queued task "send receipt" to be given to waitUntil or enqueue itself, "receipt" has returned it, or resolved to it';

  test.each(['function that returns it', 'promise of it'])(
    'what waitUntil gets as a %s is no task that runs: it fails, and says what to do',
    async (by) => {
      const ordered = await shop.order({ by });
      const { report, log } = await shop.endOf(ordered);
      expect(report).toMatchObject({ tasks: [{ name: 'receipt', outcome: 'failed' }], failures: 1 });
      expect(log.join('\n')).toContain(JSON.stringify(misplaced).slice(1, -1));
      expect(shop.attempts(ordered.id)).toEqual([]);
    },
  );

  test('so it is with a queued task that returns another: it fails, and is tried again', async () => {
    const ordered = await shop.order({ by: 'waitUntil', work: 'returns another' });
    const [delivery] = await shop.deliveries(ordered.id, 1);
    expect((await shop.endOf(ordered)).report?.tasks).toMatchObject([{ outcome: 'failed', queued: true }]);
    expect(delivery).toMatchObject({ status: 'error', report: { handler: 'failed', failures: 1 } });
    expect(delivery?.log.join('\n')).toContain('to be given to waitUntil or enqueue itself');
  });

  test('what a handler had registered before it was cut off itself is queued, though it has not been started', async () => {
    const ordered = await shop.order({ by: 'waitUntil and go on' }, 'Hasty');
    expect(ordered.status).toBe(504);
    const { report } = await shop.endOf(ordered);
    expect(report).toMatchObject({
      handler: 'cut off',
      tasks: [{ outcome: 'cut off', milliseconds: 0, queued: true }],
    });
    const id = report?.tasks[0]?.id ?? '';
    const [delivery] = await shop.deliveries(id, 1);
    expect(delivery?.status).toBe('success');
    expect(shop.attempts(id, 'done')).toMatchObject([{ attempt: 1 }]);
  });
});
