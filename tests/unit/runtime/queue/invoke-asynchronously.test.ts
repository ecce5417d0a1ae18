import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { LambdaApiError } from '../../../../runtime';
import { describeRefusal } from '../../../../runtime/queue/describe-refusal';
import { invokeAsynchronously } from '../../../../runtime/queue/invoke-asynchronously';
import { identity } from '../../../helpers/identity';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly port: number | undefined;
}

const servers: Server[] = [];
const variables = { ...process.env };

afterEach(async () => {
  process.env = { ...variables };
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** An HTTP server in the place of the Lambda API; an answer of undefined breaks the connection, 'hang' gives none. */
async function lambdaApi(...answers: readonly (Answer | undefined | 'hang')[]): Promise<Received[]> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (part: string) => (body += part))
      .on('end', () => {
        const answer = answers[Math.min(received.length, answers.length - 1)];
        const { method, url, headers, socket } = request;
        received.push({ method, url, headers, body, port: socket.remotePort });
        if (answer === 'hang') return;
        if (answer === undefined) socket.destroy();
        else response.writeHead(answer.status, { 'x-amzn-errortype': answer.type ?? 'None' }).end(answer.text);
      });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  process.env['AWS_ENDPOINT_URL_LAMBDA'] = `http://127.0.0.1:${addressOf(server).port}`;
  return received;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
}

const accepted = { status: 202 };
const throttled = { status: 429, type: 'TooManyRequestsException:http://internal.amazon.com/', text: '{}' };
const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port');
  return address;
}

const invoked = (invokedFunctionArn = arn, trace?: string) => ({ ...identity(), invokedFunctionArn, trace });

test('an event of this function, at the qualifier it was invoked by, with its trace', async () => {
  const received = await lambdaApi(accepted);
  await invokeAsynchronously(invoked(`${arn}:$LATEST`, 'Root=1-2-3;Lineage=1:2'), '{"é":1}', 1_000);
  await invokeAsynchronously(invoked(), '{}', 1_000);
  const path = `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`;
  expect(received).toMatchObject([
    {
      method: 'POST',
      url: `${path}?Qualifier=%24LATEST`,
      body: '{"é":1}',
      headers: { 'x-amz-invocation-type': 'Event', 'x-amzn-trace-id': 'Root=1-2-3;Lineage=1:2', 'content-length': '8' },
    },
    { url: path, body: '{}' },
  ]);
  expect(received[1]?.headers).not.toHaveProperty('x-amzn-trace-id');
  // One connection for both.
  expect(new Set(received.map(({ port }) => port)).size).toBe(1);
});

test('is signed with the credentials of the role, as another implementation of the hash has it', async () => {
  const received = await lambdaApi(accepted);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
  });
  await invokeAsynchronously(invoked(`${arn}:live`), '{"order":"é"}', 1_000);
  const { headers, body = '' } = received[0] ?? {};
  const signer = new SignatureV4({
    service: 'lambda',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
      query: { Qualifier: 'live' },
      headers: {
        host: headers?.host ?? '',
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-invocation-type': 'Event',
      },
      body,
    },
    { signingDate: dateOf(headers?.['x-amz-date']) },
  );
  expect(headers).toMatchObject({ authorization: signed.headers['authorization'], 'x-amz-security-token': 'token' });
});

function dateOf(text: unknown): Date {
  const [, year, month, day, hour, minute, second] = /(....)(..)(..)T(..)(..)(..)Z/.exec(String(text)) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

test.each([
  ['a throttle', throttled],
  ['a failure of Lambda', { status: 500, type: 'ServiceException' }],
  ['a connection that breaks', undefined],
])('%s is tried again', async (_, passing) => {
  const received = await lambdaApi(passing, passing, accepted);
  await invokeAsynchronously(invoked(), '{}', 5_000);
  expect(received).toHaveLength(3);
});

test.each([
  [
    'a throttle that does not end',
    throttled,
    6,
    'Lambda throttles it (TooManyRequestsException), also when tried again',
  ],
  [
    'a permission that is missing',
    { status: 403, type: 'AccessDeniedException', text: '{"Message":"User: ... is not authorized"}' },
    1,
    `the function's role needs the permission lambda:InvokeFunction on ${arn}`,
  ],
  [
    'a payload that is too large',
    { status: 413, type: 'RequestTooLargeException' },
    1,
    'Lambda takes no payload of 7 bytes',
  ],
  [
    'an answer of another kind',
    { status: 404, type: 'ResourceNotFoundException' },
    1,
    'Lambda answers 404 ResourceNotFoundException',
  ],
])('%s is told, with its cause', async (_, answer, attempts, reason) => {
  const received = await lambdaApi(answer);
  const cause = await failureOf(invokeAsynchronously(invoked(), '{}', 10_000));
  expect(received).toHaveLength(attempts);
  expect(cause).toBeInstanceOf(LambdaApiError);
  const error = describeRefusal(cause, { name: 'send receipt', bytes: 7, functionArn: arn });
  expect(error).toMatchObject({
    name: 'EnqueueError',
    message: `The task "send receipt" is not queued: ${reason}`,
    cause,
  });
});

test('a Lambda API that does not answer is given up when the time is over', async () => {
  const received = await lambdaApi('hang');
  const error = await failureOf(invokeAsynchronously(invoked(), '{}', 100));
  expect(String(error)).toMatch(/^Error: 127.0.0.1 has not answered within \d+ ms$/);
  expect(received).toHaveLength(1);
});

test('one that nobody listens at is tried again until the time is over', async () => {
  process.env['AWS_ENDPOINT_URL_LAMBDA'] = 'http://127.0.0.1:1';
  expect(await failureOf(invokeAsynchronously(invoked(), '{}', 200))).toMatchObject({ code: 'ECONNREFUSED' });
});

test('a variable that is no URL is told at once, and not tried again', async () => {
  process.env['AWS_ENDPOINT_URL_LAMBDA'] = 'nowhere';
  // Each pause between two attempts asks for one.
  const random = jest.spyOn(Math, 'random');
  expect(await failureOf(invokeAsynchronously(invoked(), '{}', 10_000))).toMatchObject({ code: 'ERR_INVALID_URL' });
  expect(random).not.toHaveBeenCalled();
  random.mockRestore();
});

test('a connection that has been idle for long is not used again', async () => {
  const received = await lambdaApi(accepted);
  await invokeAsynchronously(invoked(), '{}', 1_000);
  const later = Date.now() + 60_000;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
  await invokeAsynchronously(invoked(), '{}', 1_000);
  clock.mockRestore();
  expect(new Set(received.map(({ port }) => port)).size).toBe(2);
});

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('Expected a rejection');
    },
    (error: unknown) => error,
  );
}
