import { asType, invoke, served } from '../../helpers/lambda-api';
import { closeAll, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

const attempts = (lines: RunningPool['lines']) => lines.flatMap(({ text }) => /attempt \d/.exec(text)?.[0] ?? []);

test('an event is accepted at once and runs later', async () => {
  const { api, logged } = await served('streaming.background');
  const response = await invoke(api, {}, asType('Event'));
  expect(response.status).toBe(202);
  expect(await response.text()).toBe('');
  const { requestId } = await logged('background completed');
  expect(requestId).toBe(response.headers.get('x-amzn-requestid'));
});

test('one whose invocation fails is tried twice more, as the same request', async () => {
  const { api, logged, lines } = await served('events.failsTwice', {}, { events: { retryDelay: 1 } });
  const response = await invoke(api, {}, asType('Event'));
  const { requestId } = await logged('attempt 3 succeeded');
  expect(requestId).toBe(response.headers.get('x-amzn-requestid'));
  expect(attempts(lines)).toEqual(['attempt 1', 'attempt 2', 'attempt 3']);
});

test('one is tried as often as its function’s EventInvokeConfig says', async () => {
  const { api, logged, lines } = await served('events.failsTwice', { eventRetries: 0 }, { events: { retryDelay: 1 } });
  await invoke(api, {}, asType('Event'));
  await logged('REPORT');
  const second = await invoke(api, {}, asType('RequestResponse'));
  expect(second.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(attempts(lines)).toEqual(['attempt 1', 'attempt 2']);
});

test('one waits for an environment where the concurrency is used up', async () => {
  const { api, logged, lines } = await served(
    'streaming.background',
    { reservedConcurrency: 1 },
    { events: { throttleDelay: 10 } },
  );
  expect((await invoke(api, { background: 300 })).status).toBe(200);
  const response = await invoke(api, {}, asType('Event'));
  await logged(`REPORT RequestId: ${String(response.headers.get('x-amzn-requestid'))}`);
  const ends = lines.filter(({ text }) => /^(START|END)/.test(text)).map(({ text }) => text.slice(0, 3));
  expect(ends).toEqual(['STA', 'END', 'STA', 'END']);
});

test('the queue tells which events wait, for how many attempts and until when, and at its end how many are lost', async () => {
  const { api, logged, queuedEvents, close, notices } = await served('events.fails');
  const before = Date.now();
  const requestIds = await Promise.all(
    [1, 2].map(async () => String((await invoke(api, {}, asType('Event'))).headers.get('x-amzn-requestid'))),
  );
  for (const requestId of requestIds) await logged(`REPORT RequestId: ${requestId}`);
  const waiting = queuedEvents();
  expect(waiting.map(({ requestId }) => requestId).sort()).toEqual(requestIds.sort());
  for (const event of waiting) {
    expect(event).toMatchObject({ functionName: 'Fixture', attempts: 1, attemptsLeft: 2 });
    expect(event.acceptedAt).toBeGreaterThanOrEqual(before);
    expect(event.nextAttemptAt).toBeGreaterThanOrEqual(before + 60_000);
    expect(event.nextAttemptAt).toBeLessThanOrEqual(Date.now() + 60_000);
  }

  await close();
  expect(notices).toEqual(['Lost with the queue: 2 events that still waited in it.']);
  expect(queuedEvents()).toEqual([]);
});

test('an attempt that is under way when everything ends is not taken for a failed one', async () => {
  const { api, logged, queuedEvents, close, notices, pool } = await served('streaming.hangs', {
    eventRetries: 0,
    onFailure: 'arn:aws:sns:us-east-1:123456789012:nobody',
  });
  await invoke(api, {}, asType('Event'));
  await logged('START');
  expect(queuedEvents()).toMatchObject([{ attempts: 1, attemptsLeft: 0, nextAttemptAt: undefined }]);
  await Promise.all([pool.close(), close()]);
  expect(notices).toEqual(['Lost with the queue: 1 event that still waited in it.']);
});
