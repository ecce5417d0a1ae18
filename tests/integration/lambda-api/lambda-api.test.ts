import { EventStreamCodec } from '@smithy/core/event-streams';
import { send, sendRaw } from '../../helpers/http-client';
import { asType, invoke, served } from '../../helpers/lambda-api';
import { closeAll } from '../../helpers/running-pool';

afterEach(closeAll);

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

  test('tells the function which qualifier it was invoked with', async () => {
    const { api } = await served('events.context', { alias: 'live' });
    const arns = ['Fixture', 'Fixture:$LATEST', 'Fixture:live'].map(async (name) => {
      const response = await invoke(api, {}, { name });
      return response.text();
    });
    expect(await Promise.all(arns)).toEqual([
      expect.stringMatching(/:function:Fixture"$/),
      expect.stringMatching(/:function:Fixture:\$LATEST"$/),
      expect.stringMatching(/:function:Fixture:live"$/),
    ]);
  });

  test('as a DryRun runs nothing', async () => {
    const { api, lines } = await served('streaming.background');
    expect((await invoke(api, {}, asType('DryRun'))).status).toBe(204);
    expect(lines).toEqual([]);
  });

  test('with LogType Tail answers when the invocation is over, with the last 4 KB of its log', async () => {
    const { api } = await served('streaming.talks');
    const response = await invoke(api, {}, { headers: { 'x-amz-log-type': 'Tail' } });
    expect(await response.text()).toBe('ok');
    const log = Buffer.from(response.headers.get('x-amz-log-result') ?? '', 'base64').toString();
    expect(log).toHaveLength(4_096);
    const requestId = String(response.headers.get('x-amzn-requestid'));
    expect(log).toMatch(new RegExp(`line 2000 [.]+\nno newline\nEND RequestId: ${requestId}\nREPORT .*\n$`));
  });

  test('of a function whose answer is larger than 6 MB fails', async () => {
    const { api, logged } = await served('streaming.large');
    const response = await invoke(api);
    expect(response.headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(await response.json()).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    await logged('REPORT');
  });

  test('refuses what AWS refuses, with the names that SDKs know', async () => {
    const { api } = await served('streaming.wait', { reservedConcurrency: 1 });
    const clientContext = (json: string) => ({
      headers: { 'x-amz-client-context': Buffer.from(json).toString('base64') },
    });
    const refusals: [Promise<Response>, number, string, string][] = [
      [invoke(api, {}, { name: 'Nobody' }), 404, 'ResourceNotFoundException', 'Function not found: arn:aws:lambda:'],
      [invoke(api, {}, { name: 'Fixture:live' }), 404, 'ResourceNotFoundException', ':function:Fixture:live'],
      [invoke(api, {}, { name: 'Fixture', query: '?Qualifier=7' }), 404, 'ResourceNotFoundException', 'Fixture:7'],
      [
        invoke(api, {}, { name: 'Fixture:$LATEST', query: '?Qualifier=7' }),
        400,
        'InvalidParameterValueException',
        'derived qualifier',
      ],
      [invoke(api, {}, { name: 'no such name' }), 400, 'ValidationException', "Value 'no such name' at 'functionName'"],
      [fetch(`${api}/2015-03-31/functions/%zz/invocations`, { method: 'POST' }), 400, 'ValidationException', "'%zz'"],
      [invoke(api, '{not json'), 400, 'InvalidRequestContentException', 'Could not parse request body into json'],
      [invoke(api, 'x'.repeat(6_291_457)), 413, 'RequestTooLargeException', 'Request must be smaller than 6291456'],
      [
        invoke(api, 'x'.repeat(1_048_577), asType('Event')),
        413,
        'RequestTooLargeException',
        'Request must be smaller than 1048576',
      ],
      [invoke(api, {}, clientContext('{no')), 400, 'InvalidRequestContentException', 'Client context must be'],
      [invoke(api, {}, clientContext('[]')), 400, 'InvalidRequestContentException', 'Client context must be'],
      [invoke(api, {}, asType('Later')), 400, 'ValidationException', "Value 'Later' at 'invocationType'"],
      [
        invoke(api, {}, { headers: { 'x-amz-log-type': 'All' } }),
        400,
        'ValidationException',
        'enum value set: [None, Tail]',
      ],
      [fetch(`${api}/2015-03-31/functions/`), 404, 'UnknownOperationException', 'received GET /2015-03-31/functions/'],
    ];
    for (const [answer, status, errorType, message] of refusals) {
      const response = await answer;
      expect(response.status).toBe(status);
      expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
      expect(response.headers.get('x-amzn-requestid')).toMatch(/^[-0-9a-f]{36}$/);
      expect(await response.json()).toMatchObject({ message: containing(message) });
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

test('a request that a web page of another site has made, or under another name, invokes nothing', async () => {
  const { api, lines } = await served('streaming.background');
  const from = async (headers: Record<string, string>) => {
    const url = `${api}/2015-03-31/functions/Fixture/invocations`;
    return (await send(url, { method: 'POST', headers })).status;
  };
  expect(await from({ origin: 'https://evil.example' })).toBe(403);
  expect(await from({ origin: 'null' })).toBe(403);
  expect(await from({ host: 'evil.example:3001' })).toBe(403);
  expect(lines).toEqual([]);
  expect(await from({ origin: 'http://localhost:5173' })).toBe(200);
  expect(await from({ host: 'lambda.localhost:3001' })).toBe(200);
});

describe.each(['', 'connection: keep-alive\r\n'])('a client of HTTP/1.0 with the header %p', (header) => {
  const requestOf = (path: string, headers = '') =>
    `POST ${path} HTTP/1.0\r\n${header}${headers}content-length: 13\r\n\r\n{"message":1}`;

  test.each([
    ['/2015-03-31/functions/Fixture/invocations', '', / 200 OK\r\n[^]*\r\n\r\n\{"message":1\}$/],
    ['/2015-03-31/functions/Fixture/invocations', 'x-amz-invocation-type: Event\r\n', / 202 Accepted\r\n/],
    ['/2015-03-31/functions/Nobody/invocations', '', / 404 Not Found\r\n[^]*ResourceNotFoundException/],
    ['/2021-11-15/functions/Fixture/response-streaming-invocations', '', / 200 OK\r\n[^]*\{"message":1\}/],
  ])('that posts to %s %j is answered, and its connection closed', async (path, headers, expected) => {
    const { api } = await served('streaming.background');
    const answer = await sendRaw(api, requestOf(path, headers));
    expect(answer).toMatch(expected);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).not.toMatch(/transfer-encoding/i);
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
