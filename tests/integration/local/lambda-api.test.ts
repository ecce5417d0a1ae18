import { EventStreamCodec } from '@smithy/core/event-streams';
import { startLambdaApi } from '../../../local/lambda-api/server';
import { closeAll, closeLater, runningPool, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

async function served(...args: Parameters<typeof runningPool>): Promise<RunningPool & { api: string }> {
  const running = runningPool(...args);
  const { url } = closeLater(await startLambdaApi([running.pool], { host: '127.0.0.1', port: 0 }));
  return { ...running, api: url };
}

const invoke = (
  api: string,
  payload: unknown = {},
  { name = 'Fixture', headers = {} }: { name?: string; headers?: Record<string, string> } = {},
): Promise<Response> =>
  fetch(`${api}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
    method: 'POST',
    headers,
    body: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

describe('Invoke', () => {
  test('answers with what the function answered, while the function goes on', async () => {
    const { api, lines } = await served('streaming.background');
    const response = await invoke(api, { background: 600_000 });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-amz-executed-version')).toBe('$LATEST');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[-0-9a-f]{36}$/);
    expect(response.headers.get('x-amz-function-error')).toBeNull();
    expect(await response.text()).toBe('{"background":600000}');
    expect(lines.some((line) => line.text.startsWith('END'))).toBe(false);
  });

  test.each([
    '123456789012:function:Fixture',
    'arn:aws:lambda:us-east-1:123456789012:function:Fixture',
    'arn:aws:lambda:us-east-1:123456789012:function:Fixture:$LATEST',
    'function:Fixture',
    'Logical',
  ])('knows the function as %s', async (name) => {
    const { api } = await served('streaming.background', { logicalId: 'Logical' });
    expect((await invoke(api, {}, { name })).status).toBe(200);
  });

  test('gives the event {} to a function that is invoked without a payload', async () => {
    const { api } = await served('streaming.background');
    expect(await (await invoke(api, '')).text()).toBe('{}');
  });

  test.each([
    ['streaming.throwsBefore', 'TypeError', 'before the first byte'],
    ['streaming.throwsAfter', 'RangeError', 'after the first byte'],
    ['buffered.throws', 'TypeError', 'buffered'],
  ])('tells that %s failed, and why', async (handler, errorType, errorMessage) => {
    const { api } = await served(handler);
    const response = await invoke(api);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(await response.json()).toMatchObject({ errorType, errorMessage });
  });

  test('as an Event is accepted at once and runs later', async () => {
    const { api, logged } = await served('streaming.background');
    const response = await invoke(api, {}, { headers: { 'x-amz-invocation-type': 'Event' } });
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
    await logged('background completed');
  });

  test('as a DryRun runs nothing', async () => {
    const { api, lines } = await served('streaming.background');
    expect((await invoke(api, {}, { headers: { 'x-amz-invocation-type': 'DryRun' } })).status).toBe(204);
    expect(lines).toEqual([]);
  });

  test('refuses what AWS refuses, with the names that SDKs know', async () => {
    const { api } = await served('streaming.wait', { reservedConcurrency: 1 });
    const refusals: [Promise<Response>, number, string, string][] = [
      [invoke(api, {}, { name: 'Nobody' }), 404, 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:'],
      [invoke(api, {}, { name: 'Fixture:live' }), 404, 'ResourceNotFoundException', ':function:Fixture:live'],
      [invoke(api, '{not json'), 400, 'InvalidRequestContentException', 'Could not parse request body into json'],
      [invoke(api, 'x'.repeat(6_291_457)), 413, 'RequestTooLargeException', 'Request must be smaller than 6291456'],
      [
        invoke(api, {}, { headers: { 'x-amz-client-context': 'e25v' } }),
        400,
        'InvalidRequestContentException',
        'client context',
      ],
      [
        invoke(api, {}, { headers: { 'x-amz-invocation-type': 'Later' } }),
        400,
        'InvalidParameterValueException',
        'got Later',
      ],
      [fetch(`${api}/2015-03-31/functions/`), 404, 'UnknownOperationException', 'got GET /2015-03-31/functions/'],
    ];
    for (const [answer, status, errorType, message] of refusals) {
      const response = await answer;
      expect(response.status).toBe(status);
      expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
      expect(await response.json()).toMatchObject({ Type: 'User', message: containing(message) });
    }
  });

  test('refuses an invocation past the reserved concurrency', async () => {
    const { api } = await served('streaming.wait', { reservedConcurrency: 1 });
    expect((await invoke(api)).status).toBe(200);
    const response = await invoke(api);
    expect(response.status).toBe(429);
    expect(response.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(await response.json()).toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
  });
});

describe('InvokeWithResponseStream', () => {
  const stream = async (handler: string): Promise<{ payload: string; complete: string }> => {
    const { api } = await served(handler);
    const response = await fetch(`${api}/2021-11-15/functions/Fixture/response-streaming-invocations`, {
      method: 'POST',
      body: '{"message":"Hello"}',
    });
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    return decode(Buffer.from(await response.arrayBuffer()));
  };

  test('answers with what the function streams, and a completion', async () => {
    expect(await stream('streaming.background')).toEqual({ payload: '{"message":"Hello"}', complete: '{}' });
  });

  test('tells in its completion that the function failed, after what it had streamed', async () => {
    const { payload, complete } = await stream('streaming.throwsAfter');
    expect(payload).toBe('partial');
    expect(JSON.parse(complete)).toMatchObject({
      ErrorCode: 'Unhandled',
      ErrorDetails: containing('"errorMessage":"after the first byte"'),
    });
  });
});

const containing = (text: string): unknown => expect.stringContaining(text);

/** Reads an event stream: each message begins with its length. */
function decode(bytes: Buffer): { payload: string; complete: string } {
  const codec = new EventStreamCodec(
    (text) => (typeof text === 'string' ? text : Buffer.from(text).toString()),
    (text) => Buffer.from(text),
  );
  const events: Record<string, string> = {};
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(rest.readUInt32BE(0))) {
    const { headers, body } = codec.decode(rest.subarray(0, rest.readUInt32BE(0)));
    const type = String(headers[':event-type']?.value);
    events[type] = (events[type] ?? '') + Buffer.from(body).toString();
  }
  return { payload: events['PayloadChunk'] ?? '', complete: events['InvokeComplete'] ?? '' };
}
