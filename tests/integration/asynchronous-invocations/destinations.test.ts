import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asType, invoke, served, type ServedApiOptions } from '../../helpers/lambda-api';
import { closeAll, runningPool, type PoolOverrides, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

const toFunction = 'arn:aws:lambda:us-east-1:123456789012:function:Destination';
const isoTime = (): unknown => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Sends an event to a handler, and resolves to the record that the function `Destination` is then invoked with. */
async function recordOf(
  handler: string,
  { payload = { message: 'Hello' }, ...overrides }: PoolOverrides & { payload?: unknown },
  events: ServedApiOptions['events'] = { retryDelay: 1 },
): Promise<{ record: unknown; requestId: string | null; lines: RunningPool['lines'] }> {
  const destination = runningPool('events.logs', { name: 'Destination', logicalId: 'Destination' });
  const { api, lines } = await served(handler, overrides, { events, others: [destination] });
  const response = await invoke(api, payload, asType('Event'));
  const { text } = await destination.logged('logged ');
  const record: unknown = JSON.parse(text.slice(text.indexOf('logged ') + 'logged '.length));
  return { record, requestId: response.headers.get('x-amzn-requestid'), lines };
}

describe('a function of the template is invoked with the record', () => {
  test('of an event that has been processed', async () => {
    const { record, requestId } = await recordOf('events.echoes', { onSuccess: toFunction, onFailure: 'arn:no:one' });
    expect(record).toEqual({
      version: '1.0',
      timestamp: isoTime(),
      requestContext: {
        requestId,
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Fixture:$LATEST',
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { message: 'Hello' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { echoed: { message: 'Hello' } },
    });
  });

  test('of an event that has failed in each attempt', async () => {
    const { record, requestId, lines } = await recordOf('events.fails', { onFailure: toFunction });
    expect(record).toEqual({
      version: '1.0',
      timestamp: isoTime(),
      requestContext: {
        requestId,
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Fixture:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { message: 'Hello' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'asked to fail', trace: anyLines() },
    });
    expect(lines.filter(({ text }) => text.startsWith('START'))).toHaveLength(3);
  });

  test('of an event whose next attempt would come too late', async () => {
    // The second would be a minute later, and that is as old as the event may become.
    const { record } = await recordOf('events.fails', { eventAge: 60, onFailure: toFunction }, {});
    expect(record).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 1 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorType: 'TypeError' },
    });
  });

  test('of an event that became too old before its function could take it', async () => {
    const destination = runningPool('events.logs', { name: 'Destination', logicalId: 'Destination' });
    const { api, lines } = await served(
      'streaming.wait',
      { reservedConcurrency: 1, eventAge: 0.05, onFailure: toFunction },
      { others: [destination], events: { throttleDelay: 20 } },
    );
    // It has answered, and goes on.
    expect((await invoke(api)).status).toBe(200);
    await invoke(api, { message: 'Hello' }, asType('Event'));
    const { text } = await destination.logged('logged ');
    expect(text).toContain('"condition":"EventAgeExceeded","approximateInvokeCount":0');
    expect(text).not.toContain('responseContext');
    expect(lines.filter((line) => line.text.startsWith('START'))).toHaveLength(1);
  });

  test('of an event for a function that is switched off', async () => {
    const { record, lines } = await recordOf('events.echoes', { reservedConcurrency: 0, onFailure: toFunction });
    expect(record).toMatchObject({
      requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
      requestPayload: { message: 'Hello' },
    });
    expect(record).not.toHaveProperty('responsePayload');
    expect(lines).toEqual([]);
  });

  test('by the name that the destination has, or by its logical id, and with the qualifier that is asked for', async () => {
    const destination = runningPool('events.logs', { name: 'named', logicalId: 'Destination', alias: 'live' });
    const { api } = await served(
      'events.echoes',
      { onSuccess: 'arn:aws:lambda:us-east-1:123456789012:function:Destination:live' },
      { others: [destination] },
    );
    await invoke(api, {}, asType('Event'));
    await destination.logged('"condition":"Success"');
  });
});

test('with an AutoPublishAlias only what is invoked by the alias has destinations, as SAM makes it', async () => {
  const destination = runningPool('events.logs', { name: 'Destination', logicalId: 'Destination' });
  const { api, logged } = await served(
    'events.echoes',
    { alias: 'live', onSuccess: toFunction },
    { others: [destination] },
  );
  const unqualified = await invoke(api, {}, asType('Event'));
  await logged(`REPORT RequestId: ${String(unqualified.headers.get('x-amzn-requestid'))}`);
  await invoke(api, { by: 'alias' }, { ...asType('Event'), name: 'Fixture:live' });
  const { text } = await destination.logged('logged ');
  expect(text).toContain('{"by":"alias"}');
  expect(text).toContain(':function:Fixture:live"');
});

describe('what cannot be sent', () => {
  const variables = ['AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL'];
  const before = variables.map((name) => [name, process.env[name]] as const);
  beforeEach(() => {
    for (const name of variables) Reflect.deleteProperty(process.env, name);
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  async function noticeOf(onSuccess: string) {
    const { api, noticed, notices, recordFolder } = await served('events.echoes', { onSuccess });
    const response = await invoke(api, { message: 'Hello' }, asType('Event'));
    const notice = await noticed('The record of an event');
    const requestId = String(response.headers.get('x-amzn-requestid'));
    const record: unknown = JSON.parse(await readFile(join(recordFolder, `${requestId}.json`), 'utf8'));
    expect(record).toMatchObject({ requestContext: { requestId }, requestPayload: { message: 'Hello' } });
    expect(notices).toEqual([notice]);
    expect(notice).not.toContain('\n');
    expect(notice).toContain(JSON.stringify(record));
    return notice;
  }

  test.each([
    'arn:aws:sqs:us-east-1:123456789012:dead-letters',
    'arn:aws:sns:us-east-1:123456789012:topic',
    'arn:aws:events:us-east-1:123456789012:event-bus/default',
    'arn:aws:s3:::bucket',
    'arn:aws:lambda:us-east-1:123456789012:function:Somewhere',
  ])('is a line in the log and a file: %s', async (destination) => {
    expect(await noticeOf(destination)).toContain(`${destination}, which is not here, and is in `);
  });

  test('is so for a queue where the variables that name an API are empty', async () => {
    for (const name of variables) process.env[name] = '';
    expect(await noticeOf('arn:aws:sqs:us-east-1:123456789012:dead-letters')).toContain('which is not here');
  });

  test('says why a queue did not take it', async () => {
    // fetch refuses to ask at port 9, whoever listens there.
    process.env['AWS_ENDPOINT_URL_SQS'] = 'http://127.0.0.1:9';
    const notice = await noticeOf('arn:aws:sqs:us-east-1:123456789012:dead-letters');
    expect(notice).toContain(':dead-letters, which did not take it (http://127.0.0.1:9 cannot be reached: bad port)');
  });
});

const anyLines = (): unknown => expect.arrayContaining([expect.stringContaining('TypeError: asked to fail')]);
