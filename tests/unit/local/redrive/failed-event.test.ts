import { describeEvent } from '../../../../local/redrive/describe-event';
import { readFailedEvent } from '../../../../local/redrive/failed-event';

const functionArn = 'arn:aws:lambda:us-east-2:123456789012:function:my-function';

/** As AWS documents it ("Capturing records of Lambda asynchronous invocations"). */
const record = {
  version: '1.0',
  timestamp: '2019-11-14T18:16:05.568Z',
  requestContext: {
    requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
    functionArn: `${functionArn}:$LATEST`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload: { ORDER_IDS: ['9e07af03-ce31-4ff3-xmpl-36dce652cb4f'] },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: {
    errorMessage: 'RequestId: e4b46cbf-b738-xmpl-8880-a18cdf61200e Process exited before completing request',
  },
};
const read = (changes: object) => readFailedEvent(JSON.stringify({ ...record, ...changes }));
const inContext = (changes: object) => ({ requestContext: { ...record.requestContext, ...changes } });

test('the record of AWS is an event with its function, its payload, and why it failed', () => {
  expect(read({})).toEqual({
    functionArn,
    functionName: 'my-function',
    region: 'us-east-2',
    requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
    payload: '{"ORDER_IDS":["9e07af03-ce31-4ff3-xmpl-36dce652cb4f"]}',
    task: undefined,
    condition: 'RetriesExhausted',
    attempts: 3,
    failedAt: '2019-11-14T18:16:05.568Z',
    error: 'RequestId: e4b46cbf-b738-xmpl-8880-a18cdf61200e Process exited before completing request',
  });
});

test('the payload is untouched: JSON.parse would change this one', () => {
  const payload = '{ "amount":12345678901234567890, "rate":1.0, "name":"Gr\\u00fc\\u00dfe" }';
  const body = JSON.stringify({ ...record, requestPayload: '?' }).replace('"?"', payload);
  expect(readFailedEvent(body).payload).toBe(payload);
});

test.each([null, '', 'text', 0, false, []])('%j is a payload too', (requestPayload) => {
  expect(read({ requestPayload }).payload).toBe(JSON.stringify(requestPayload));
});

test('a queued task is known by its name and id', () => {
  const task = { name: 'send receipt', id: 'id 1', input: { secret: 1 } };
  const event = read({ requestPayload: { 'background-tasks:queued-task': task } });
  expect(event.task).toMatchObject({ name: 'send receipt', id: 'id 1' });
  expect(describeEvent(event)).toMatch(
    /^send receipt id 1 {2}my-function {2}2019-11-14T18:16:05.568Z {2}RetriesExhausted/,
  );
  expect(describeEvent(event)).not.toContain('secret');
});

test('an alias or a version is invoked again, and what was invoked without one is not invoked at $LATEST', () => {
  expect(read(inContext({ functionArn: `${functionArn}:live` }))).toMatchObject({
    functionArn: `${functionArn}:live`,
    functionName: 'my-function:live',
  });
  expect(read(inContext({ functionArn }))).toMatchObject({ functionArn, functionName: 'my-function' });
});

test.each(['us-gov-west-1', 'ap-southeast-10', 'cn-north-1', 'us-iso-east-1', 'eusc-de-east-1'])(
  '%s is a region',
  (region) => {
    const arn = functionArn.replace('us-east-2', region);
    expect(read(inContext({ functionArn: arn.replace('aws', 'aws-cn') }))).toMatchObject({ region });
    expect(read(inContext({ functionArn: `${arn}:$LATEST.PUBLISHED` }))).toMatchObject({ region });
  },
);

test('an event that has never been tried tells no error', () => {
  const event = read({
    ...inContext({ condition: 'EventAgeExceeded', approximateInvokeCount: 1 }),
    responseContext: undefined,
    responsePayload: undefined,
  });
  expect(describeEvent(event)).toBe(
    'event e4b46cbf-b738-xmpl-8880-a18cdf61200e  my-function  2019-11-14T18:16:05.568Z  EventAgeExceeded after 1 attempt',
  );
});

test('nothing in a record breaks the line, or reaches the terminal as a command', () => {
  const errorMessage = `first\nredriven  everything\u001b[2J\u009b1m${'x'.repeat(2_000)}`;
  const line = describeEvent(read({ responsePayload: { errorType: 'Error', errorMessage } }));
  expect(line).toContain('Error: first redriven  everything [2J 1mxxx');
  expect(line).toMatch(/^\P{Cc}{400}$/u);
});

test.each([
  ['it has succeeded', JSON.stringify({ ...record, ...inContext({ condition: 'Success' }) }), 'has not failed'],
  ['it is no JSON', '{"version":', 'for it is no JSON'],
  ['it is no object', '[]', 'for want of timestamp, requestContext, requestPayload'],
  ['it is an event itself, as in a dead-letter queue', '{"message":"Hello"}', 'for want of timestamp, requestContext'],
  [
    'its function is no function',
    JSON.stringify({ ...record, ...inContext({ functionArn: 'arn:aws:sns:us-east-2:123456789012:topic' }) }),
    'for want of requestContext.functionArn',
  ],
  [
    'its function is in no region',
    JSON.stringify({ ...record, ...inContext({ functionArn: functionArn.replace('us-east-2', 'bad region!') }) }),
    'for want of requestContext.functionArn',
  ],
  [
    'it is of a stream, and has no payload',
    JSON.stringify({ ...record, requestPayload: undefined, KinesisBatchInfo: {} }),
    'for want of requestPayload',
  ],
])('a message stays because %s', (_, body, reason) => {
  expect(() => readFailedEvent(body)).toThrow(reason);
});
