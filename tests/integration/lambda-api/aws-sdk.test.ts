import {
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
  type InvokeWithResponseStreamResponseEvent,
} from '@aws-sdk/client-lambda';
import { startLambdaApi } from '../../../local/lambda-api/server';
import { closeAll, closeLater, runningPool, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nothing' };

async function clientOf(...args: Parameters<typeof runningPool>): Promise<RunningPool & { client: LambdaClient }> {
  const running = runningPool(...args);
  const { url: endpoint } = closeLater(await startLambdaApi([running.pool], { host: '127.0.0.1', port: 0 }));
  const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  closeLater({
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  });
  return { ...running, client };
}

describe('the AWS SDK for JavaScript', () => {
  test('has the answer of Invoke, and its log', async () => {
    const { client } = await clientOf('streaming.background');
    const Payload = '{"message":"Grüße"}';
    const answer = await client.send(new InvokeCommand({ FunctionName: 'Fixture', Payload, LogType: 'Tail' }));
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('{"message":"Grüße"}');
    const requestId = String(answer.$metadata.requestId);
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toContain(`START RequestId: ${requestId}`);
  });

  test('has the error of a function, an Event accepted, and a DryRun', async () => {
    const { client, logged } = await clientOf('buffered.throws', { eventRetries: 0 });
    const FunctionName = 'arn:aws:lambda:eu-west-1:210987654321:function:Fixture:$LATEST';
    const failed = await client.send(new InvokeCommand({ FunctionName }));
    expect(failed.FunctionError).toBe('Unhandled');
    expect(failed.Payload?.transformToString()).toContain('"errorMessage":"buffered"');
    const event = await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
    expect(event.StatusCode).toBe(202);
    await logged(`REPORT RequestId: ${String(event.$metadata.requestId)}`);
    const dryRun = await client.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }));
    expect(dryRun.StatusCode).toBe(204);
  });

  test('knows the errors of the API by name', async () => {
    const { client } = await clientOf('streaming.wait', { reservedConcurrency: 1 });
    const send = (input: { FunctionName?: string; Qualifier?: string; Payload?: string; ClientContext?: string }) =>
      client.send(new InvokeCommand({ FunctionName: 'Fixture', ...input }));
    await expect(send({ FunctionName: 'Nobody' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:Nobody',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(send({ Qualifier: 'live' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(send({ Payload: '{' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(send({ ClientContext: 'e' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(send({ Payload: 'x'.repeat(6_291_457) })).rejects.toMatchObject({ name: 'RequestTooLargeException' });
    await send({});
    await expect(send({})).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  test('reads the stream of InvokeWithResponseStream as it comes', async () => {
    const { client, lines } = await clientOf('streaming.wait');
    const { events } = await streamed(client);
    for await (const event of events) {
      expect(Buffer.from(event.PayloadChunk?.Payload ?? []).toString()).toBe('answered');
      expect(lines.some(({ text }) => text.startsWith('END'))).toBe(false);
      return;
    }
    throw new Error('Expected a first event, received the end of the stream');
  });

  test('reads in the last event of a stream that the function failed, and its log', async () => {
    const { client } = await clientOf('streaming.throwsAfter');
    const { events, status } = await streamed(client);
    const received: InvokeWithResponseStreamResponseEvent[] = [];
    for await (const event of events) received.push(event);
    expect(status).toBe(200);
    expect(Buffer.from(received[0]?.PayloadChunk?.Payload ?? []).toString()).toBe('partial');
    const complete = received.at(-1)?.InvokeComplete;
    expect(complete?.ErrorCode).toBe('Unhandled');
    expect(JSON.parse(complete?.ErrorDetails ?? '')).toMatchObject({ errorMessage: 'after the first byte' });
    expect(Buffer.from(complete?.LogResult ?? '', 'base64').toString()).toMatch(/^START .*\nREPORT [^\n]*\n$/s);
  });
});

async function streamed(client: LambdaClient) {
  const command = new InvokeWithResponseStreamCommand({ FunctionName: 'Fixture', LogType: 'Tail' });
  const { StatusCode: status, EventStream } = await client.send(command);
  if (!EventStream) throw new Error('Expected a stream of events');
  return { status, events: EventStream };
}
