import { randomUUID } from 'node:crypto';
import { runtimeClients } from '../../helpers/runtime-clients';
import { type Shop, startShop } from '../../helpers/queued-tasks';

describe.each(runtimeClients)('on %s', (_, ric) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await startShop({ ric });
  });

  test.each(['enqueue', 'enqueue after the answer', 'enqueue unawaited'])(
    'by %s the task runs in an invocation of its own, whose report names it',
    async (by) => {
      const ordered = await shop.order({ by });
      const [delivery] = await shop.deliveries(ordered.id, 1);
      expect(ordered).toMatchObject({ status: 200, refusal: undefined });
      expect(delivery?.requestId).not.toBe(ordered.requestId);
      expect(delivery).toMatchObject({
        status: 'success',
        report: { handler: 'completed', failures: 0, queuedTask: { name: 'send receipt', id: ordered.id } },
      });
      expect(shop.attempts(ordered.id, 'done')).toMatchObject([{ attempt: 1, orderId: 'decoded order 1' }]);
      expect((await shop.endOf(ordered)).report).toMatchObject({ handler: 'completed', tasks: [], failures: 0 });
    },
  );

  test('a queued task fails in an invocation of its own, twice, and ends well on the third attempt, with the same id each time', async () => {
    const { id } = await shop.order({ by: 'enqueue', work: 'fails twice' });
    const deliveries = await shop.deliveries(id, 3);
    expect(deliveries.map(({ status, report }) => [status, report?.handler, report?.failures])).toEqual([
      ['error', 'failed', 1],
      ['error', 'failed', 1],
      ['success', 'completed', 0],
    ]);
    expect(shop.attempts(id).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(shop.attempts(id, 'done')).toHaveLength(1);
  });

  test('one that always fails lies in the destination after three attempts, with its payload', async () => {
    const { id } = await shop.order({ by: 'enqueue', work: 'fails' });
    expect(await inDestination(shop, id)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: {
        'background-tasks:queued-task': { name: 'send receipt', id, input: { orderId: 'order 1', work: 'fails' } },
      },
      responsePayload: { errorType: 'Error', errorMessage: 'attempt 3 failed' },
    });
  });

  test('one whose environment is killed in the middle is run again', async () => {
    const { id } = await shop.order({ by: 'enqueue', work: 'kills its process once' });
    await shop.until(() => shop.attempts(id, 'done').length > 0);
    const pids = shop.attempts(id).map(({ pid }) => pid);
    expect(new Set(pids).size).toBe(2);
  });

  test('a chain of tasks that each queue the next is stopped by Lambda, and the last one kept', async () => {
    const { id } = await shop.order({ by: 'enqueue', work: 'goes round' });
    await shop.deliveries(id, 1);
    await shop.until(() => destinationRecords(shop).some((record) => JSON.stringify(record).includes('Recursive')));
  });

  test('what a queued task registers runs in its invocation, queued tasks as well', async () => {
    const { id } = await shop.order({ by: 'enqueue', work: 'registers others' });
    const [delivery] = await shop.deliveries(id, 1);
    expect(delivery).toMatchObject({
      status: 'success',
      report: {
        queuedTask: { id },
        tasks: [
          { name: 'send receipt', outcome: 'completed' },
          { name: 'note', outcome: 'completed' },
        ],
      },
    });
    expect(delivery?.report?.tasks[0]?.id).not.toBe(id);
  });

  test.each([
    ['forgotten', 'UnknownTaskError: Expected LambdaRuntime to have the task "forgotten" among its tasks, it has not'],
    [
      'too large',
      /^QueuedTaskTooLargeError: Expected the task "send receipt" to have 1048576 bytes at most, received 12/,
    ],
    ['misfit', /^TaskInputError: .*the task "send receipt".* at: orderId$/],
    [
      'misfit, asynchronously',
      /^TaskInputError: .*the task "checked", received one that does not fit at: the event itself$/,
    ],
  ])('one that is %s is refused at once', async (by, refusal) => {
    const ordered = await shop.order({ by });
    expect(ordered.refusal).toEqual(typeof refusal === 'string' ? refusal : expect.stringMatching(refusal));
  });

  test('one that the function does not know any more, or whose input does not fit any more, keeps its payload', async () => {
    for (const [task, type] of [
      [{ name: 'gone', id: randomUUID(), input: 1 }, 'UnknownTaskError'],
      [{ name: 'send receipt', id: randomUUID(), input: { order: 1 } }, 'TaskInputError'],
    ] as const) {
      await invoke(shop, { 'background-tasks:queued-task': task }, { type: 'Event' });
      expect(await inDestination(shop, task.id)).toMatchObject({
        requestPayload: { 'background-tasks:queued-task': task },
        responsePayload: { errorType: type },
      });
    }
  });

  test('one whose function has no tasks any more keeps its payload too, and whoever waits for its answer gets the error', async () => {
    const payload = { 'background-tasks:queued-task': { name: 'gone', id: randomUUID(), input: 1 } };
    await invoke(shop, payload, { type: 'Event', name: 'WithoutTasks' });
    expect(await inDestination(shop, payload['background-tasks:queued-task'].id)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: payload,
      responsePayload: {
        errorType: 'UnknownTaskError',
        errorMessage: 'Expected LambdaRuntime to have the task "gone" among its tasks, it has none',
      },
    });
    const response = await invoke(shop, payload, { name: 'WithoutTasks' });
    expect(await response.json()).toMatchObject({ errorType: 'UnknownTaskError' });
    const other = await invoke(shop, { any: 'event' }, { name: 'WithoutTasks' });
    expect(await other.json()).toBe('taken for an event');
  });

  test('one that is invoked for its answer runs, and answers null', async () => {
    const id = randomUUID();
    const input = { orderId: 'direct', work: 'completes' };
    const response = await invoke(shop, { 'background-tasks:queued-task': { name: 'send receipt', id, input } });
    expect(await response.text()).toBe('null');
    expect(shop.attempts(id, 'done')).toMatchObject([{ orderId: 'decoded direct' }]);
  });

  test('what a Function URL receives never becomes a queued task', async () => {
    const url = shop.lambda.functionUrls[0]?.url ?? '';
    const id = randomUUID();
    const task = { name: 'send receipt', id, input: { orderId: 'from outside', work: 'completes' } };
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ 'background-tasks:queued-task': task }),
    });
    expect(response.status).toBe(400);
    expect(shop.attempts(id)).toEqual([]);
  });
});

function destinationRecords({ records }: Shop): unknown[] {
  return records.filter(({ message }) => message === 'in the destination').map(({ record }) => record);
}

async function inDestination(shop: Shop, id: string): Promise<unknown> {
  const found = () => destinationRecords(shop).find((record) => JSON.stringify(record).includes(id));
  await shop.until(() => found() !== undefined);
  return found();
}

function invoke(
  { lambda }: Shop,
  payload: unknown,
  { type = 'RequestResponse', name = 'Shop' }: { readonly type?: string; readonly name?: string } = {},
): Promise<Response> {
  return fetch(`${lambda.apiUrl}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    headers: { 'x-amz-invocation-type': type },
    body: JSON.stringify(payload),
  });
}
