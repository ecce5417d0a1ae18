import { HttpRequest } from '@smithy/core/protocols';
import * as v from 'valibot';
import { requestSigner, type Credentials } from '../../http/aws-signature';
import { reasonOf } from '../../user-error';

export interface QueueAddress {
  /** Of an SQS API: of AWS, LocalStack, moto, ElasticMQ. */
  readonly endpoint: string;
  readonly region: string;
  readonly queueName: string;
  readonly credentials: Credentials;
}

/** Sends a message to a queue, which is made where there is none of that name. Rejects when the API does not take it. */
export async function sendMessage(
  address: QueueAddress,
  { body, traceId }: { body: string; traceId: string },
): Promise<void> {
  const { QueueUrl } = v.parse(v.object({ QueueUrl: v.string() }), await findOrMake(address));
  await call(address, 'SendMessage', {
    QueueUrl,
    MessageBody: body,
    MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traceId } },
  });
}

async function findOrMake(address: QueueAddress): Promise<unknown> {
  const { queueName: QueueName } = address;
  try {
    return await call(address, 'GetQueueUrl', { QueueName });
  } catch (error) {
    if (!(error instanceof SqsError && /QueueDoesNotExist|NonExistentQueue/.test(error.body))) throw error;
    return await call(address, 'CreateQueue', { QueueName });
  }
}

class SqsError extends Error {
  override readonly name = 'SqsError';
  readonly body: string;

  constructor(operation: string, status: number, body: string) {
    super(`${operation} answered ${status}: ${body}`);
    this.body = body;
  }
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html */
async function call({ endpoint, region, credentials }: QueueAddress, operation: string, input: object) {
  const { protocol, hostname, host, port, pathname } = new URL(endpoint);
  const body = JSON.stringify(input);
  const request = new HttpRequest({
    method: 'POST',
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: pathname,
    headers: { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
    body,
  });
  const { headers } = await requestSigner({ credentials, region, service: 'sqs' }).sign(request);
  const response = await reach(endpoint, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  if (!response.ok) throw new SqsError(operation, response.status, text);
  const answer: unknown = JSON.parse(text);
  return answer;
}

/** Says why, where fetch says no more than that it failed. */
async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (cause) {
    const { cause: reason = cause } = v.parse(v.object({ cause: v.optional(v.unknown()) }), cause);
    throw new Error(`${url} cannot be reached: ${reasonOf(reason)}`, { cause });
  }
}
