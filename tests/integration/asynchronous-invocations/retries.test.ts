import { asType, invoke, served } from '../../helpers/lambda-api';
import type { EventQueueOptions } from '../../../local/lambda-api/event-queue/queue';
import { closeAll, type PoolOverrides, type RunningPool } from '../../helpers/running-pool';

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

describe('each attempt that fails is a line, and so is the end', () => {
  const destination = 'arn:aws:sns:us-east-1:123456789012:topic';
  const failing = async (overrides: PoolOverrides, events: EventQueueOptions) => {
    const { api, noticed, notices } = await served('events.fails', overrides, { events });
    const response = await invoke(api, {}, asType('Event'));
    await noticed('given up');
    const event = `Event ${String(response.headers.get('x-amzn-requestid')).slice(0, 8)} of Fixture`;
    return notices.map((notice) => notice.replace(event, 'Event'));
  };

  test('with the attempts that are left, and that nothing is left of the event', async () => {
    expect(await failing({}, { retryDelay: 10 })).toEqual([
      'Event: attempt 1 failed, tried again in 0.01 s, 2 attempts left.',
      'Event: attempt 2 failed, tried again in 0.02 s, 1 attempt left.',
      'Event: given up after 3 attempts; no OnFailure destination, so the event is gone.',
    ]);
  });

  test.each([
    [{ eventRetries: 0 }, 'given up after 1 attempt;'],
    [{ eventAge: 60 }, 'given up after 1 attempt, since it would be too old for the next;'],
    [{ reservedConcurrency: 0 }, 'given up after 0 attempts, since the reserved concurrency is 0;'],
  ])('with where the record of the event goes, %j', async (overrides, text) => {
    const [notice] = await failing({ ...overrides, onFailure: destination }, {});
    expect(notice).toBe(`Event: ${text} its record goes to ${destination}.`);
  });
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
  const { api, noticed, queuedEvents, close, notices } = await served('events.fails');
  const before = Date.now();
  const requestIds = await Promise.all(
    [1, 2].map(async () => String((await invoke(api, {}, asType('Event'))).headers.get('x-amzn-requestid'))),
  );
  for (const requestId of requestIds) await noticed(`Event ${requestId.slice(0, 8)} of Fixture: attempt 1 failed`);
  const waiting = queuedEvents();
  expect(waiting.map(({ requestId }) => requestId).sort()).toEqual(requestIds.sort());
  for (const event of waiting) {
    expect(event).toMatchObject({ functionName: 'Fixture', attempts: 1, attemptsLeft: 2 });
    expect(event.acceptedAt).toBeGreaterThanOrEqual(before);
    expect(event.nextAttemptAt).toBeGreaterThanOrEqual(before + 60_000);
    expect(event.nextAttemptAt).toBeLessThanOrEqual(Date.now() + 60_000);
  }

  await close();
  expect(notices.filter((notice) => !notice.includes('attempt 1 failed'))).toEqual([
    'Lost with the queue: 2 events that still waited in it.',
  ]);
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
