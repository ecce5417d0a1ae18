import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EnvironmentPool, Invocation } from '../../environment/pool';
import { environmentCredentials } from '../../http/aws-signature';
import { reasonOf } from '../../user-error';
import { LambdaApiError } from '../errors';
import { findFunction, type InvokedFunction } from '../function-name';
import { nextTrace } from '../loop-detection';
import type { DestinationRecord } from './destination-record';
import { sendMessage } from './sqs';

export interface DestinationOptions {
  readonly pools: readonly EnvironmentPool[];
  /** Takes an event for a function that is a destination. */
  readonly accept: (pool: EnvironmentPool, invocation: Invocation) => void;
  /** Where records are left whose destination is not here. */
  readonly folder: string;
  readonly onNotice: (message: string) => void;
}

/**
 * Sends a record to where an EventInvokeConfig wants it: a function of the template is invoked, a queue is looked for at
 * the SQS API that AWS_ENDPOINT_URL_SQS names. What cannot be sent is a line in the log and a file.
 */
export async function sendRecord(
  record: DestinationRecord,
  { destination, traceId }: { destination: string; traceId: string },
  options: DestinationOptions,
): Promise<void> {
  const [, , service, region = '', , queueName = ''] = destination.split(':');
  const body = JSON.stringify(record);
  // The order in which SDKs look.
  const endpoint = process.env['AWS_ENDPOINT_URL_SQS'] || process.env['AWS_ENDPOINT_URL'];
  const invoked = service === 'lambda' ? findDestination(options.pools, destination) : undefined;
  if (invoked && nextTrace(traceId, invoked.pool.definition).isLoop) {
    await keep(record, `${destination}, which it would invoke in a loop`, options);
  } else if (invoked) {
    const { pool, qualifier } = invoked;
    options.accept(pool, {
      payload: Buffer.from(body),
      traceId,
      ...(qualifier === undefined ? {} : { qualifier }),
    });
  } else if (service === 'sqs' && endpoint) {
    const credentials = environmentCredentials() ?? { accessKeyId: 'local', secretAccessKey: 'local' };
    await sendMessage({ endpoint, region, queueName, credentials }, { body, traceId }).catch((error: unknown) =>
      keep(record, `${destination}, which did not take it (${reasonOf(error)})`, options),
    );
  } else {
    await keep(record, `${destination}, which is not here`, options);
  }
}

function findDestination(pools: readonly EnvironmentPool[], arn: string): InvokedFunction | undefined {
  try {
    return findFunction(pools, arn, null);
  } catch (error) {
    if (error instanceof LambdaApiError) return undefined;
    throw error;
  }
}

async function keep(record: DestinationRecord, meantFor: string, { folder, onNotice }: DestinationOptions) {
  const file = path.join(folder, `${record.requestContext.requestId}.json`);
  const whereabouts = await write(file, `${JSON.stringify(record, undefined, 2)}\n`).then(
    () => `is in ${file}`,
    (error: unknown) => `only here (${reasonOf(error)})`,
  );
  onNotice(`The record of an event is meant for ${meantFor}, and ${whereabouts}: ${JSON.stringify(record)}`);
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content, { mode: 0o600 });
}
