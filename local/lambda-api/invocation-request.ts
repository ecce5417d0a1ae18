import type { IncomingMessage } from 'node:http';
import { TooManyRequestsError, type EnvironmentPool, type Invocation } from '../environment/pool';
import type { InvocationResponse } from '../environment/pool';
import { readBody } from '../http-server';
import { invalidContent, requestTooLarge, tooManyRequests } from './errors';

const MAX_PAYLOAD_BYTES = 6 * 1_048_576;

/** Reads what a client wants to invoke a function with; without a payload the event is an empty object. */
export async function readInvocation(request: IncomingMessage): Promise<Invocation> {
  const body = await readBody(request, MAX_PAYLOAD_BYTES);
  if (!body) throw requestTooLarge(MAX_PAYLOAD_BYTES);
  const payload = body.length > 0 ? body : Buffer.from('{}');
  assertJson(payload, 'Could not parse request body into json');
  const encoded = request.headers['x-amz-client-context'];
  if (typeof encoded !== 'string' || encoded === '') return { payload };
  const clientContext = Buffer.from(encoded, 'base64');
  // The runtime client would end its process on it.
  assertJson(clientContext, 'Could not parse client context into json');
  return { payload, clientContext: clientContext.toString() };
}

/** The header by which a client chooses, say, to be answered at once; its name is in lower case. */
export function invocationType(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : 'RequestResponse';
}

/** As an SDK knows the failures. */
export async function invoke(pool: EnvironmentPool, invocation: Invocation): Promise<InvocationResponse> {
  try {
    return await pool.invoke(invocation);
  } catch (error) {
    throw error instanceof TooManyRequestsError ? tooManyRequests() : error;
  }
}

function assertJson(bytes: Buffer, expectation: string): void {
  try {
    JSON.parse(bytes.toString());
  } catch (error) {
    throw invalidContent(`${expectation}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
