import { asType, invoke, served } from '../../helpers/lambda-api';
import { closeAll, runningPool, type PoolOverrides } from '../../helpers/running-pool';

afterEach(closeAll);

/** A function that finds the Lambda API as SDKs do, by a variable. */
async function servedByItself(handler: string, onFailure: string, overrides: PoolOverrides = {}) {
  const environment: Record<string, string> = {};
  const destination = runningPool('events.logs', { name: 'Destination', logicalId: 'Destination' });
  const running = await served(
    handler,
    { memorySize: 1_024, environment, onFailure, ...overrides },
    { others: [destination], events: { retryDelay: 1 } },
  );
  environment['AWS_ENDPOINT_URL_LAMBDA'] = running.api;
  return { ...running, destination };
}

const toDestination = 'arn:aws:lambda:us-east-1:123456789012:function:Destination';

test('a function that queues itself, by the SDK, is stopped after sixteen invocations, and its event kept', async () => {
  const { api, lines, destination } = await servedByItself('loops.queuesItself', toDestination);
  await invoke(api, {}, asType('Event'));
  const { text } = await destination.logged('logged ');
  expect(text).toContain('"condition":"RecursiveInvocation","approximateInvokeCount":0');
  expect(text).toContain('"requestPayload":{"round":17}');
  const rounds = lines.flatMap(({ text: line }) => /round (\d+)/.exec(line)?.[1] ?? []).map(Number);
  expect(rounds).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
});

test('a function whose RecursiveLoop is Allow queues itself for as long as it likes', async () => {
  const { api, logged } = await servedByItself('loops.queuesItself', toDestination, { recursiveLoop: 'Allow' });
  await invoke(api, {}, asType('Event'));
  await logged('round 18');
});

test('a function that calls itself, by the SDK, gets a RecursiveInvocationException', async () => {
  const { api } = await servedByItself('loops.callsItself', toDestination);
  expect(await (await invoke(api)).json()).toEqual({ name: 'RecursiveInvocationException', status: 400 });
});

test('a function that is the destination of its own failures is not invoked for ever', async () => {
  const itself = 'arn:aws:lambda:us-east-1:123456789012:function:Fixture';
  const { api, lines, noticed } = await served(
    'events.fails',
    { eventRetries: 0, onFailure: itself },
    { events: { retryDelay: 1 } },
  );
  await invoke(api, {}, asType('Event'));
  await noticed(`${itself}, which it would invoke in a loop, and is in `);
  expect(lines.filter(({ text }) => text.startsWith('START'))).toHaveLength(16);
});

describe('the trace of a caller is that of the function', () => {
  const root = 'Root=1-67891233-abcdef012345678912345678';
  const traceOf = async (headers: Record<string, string> = {}): Promise<unknown> => {
    const { api } = await served('events.trace');
    return (await invoke(api, {}, { headers })).json();
  };

  test('with its root, its parent and whether it is sampled, and with the function in its lineage', async () => {
    const trace = await traceOf({ 'x-amzn-trace-id': `${root};Parent=463ac35c9f6413ad;Sampled=1` });
    expect(trace).toMatch(new RegExp(`^${root};Parent=463ac35c9f6413ad;Sampled=1;Lineage=[0-9a-f]{8}:1$`));
  });

  test('and a new one where there is none', async () => {
    expect(await traceOf()).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:1$/,
    );
  });
});
