import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Invocation } from '../environment/pool';
import { headerOf, readBody } from '../http/server';
import { invalidContent, invalidRequest, requestTooLarge } from './errors';
import type { InvokedFunction } from './function-name';

/** A request to invoke a function, before its body has been read. */
export interface InvocationRequest extends InvokedFunction {
  readonly requestId: string;
  readonly http: IncomingMessage;
  /** Hears of the body once it has been read; of undefined where it is too large. */
  readonly onBody: (body: Buffer | undefined) => void;
}

const MEGABYTE = 1_048_576;
/** Bytes of the payload of an invocation that is answered, and of one that is not. */
export const payloadLimits = { RequestResponse: 6 * MEGABYTE, Event: MEGABYTE, DryRun: 6 * MEGABYTE } as const;

/** Reads what a client wants to invoke a function with; without a payload the event is an empty object. */
export async function readInvocation(
  { http, requestId, qualifier, onBody }: InvocationRequest,
  payloadLimit: number,
): Promise<Invocation> {
  const body = await readBody(http, payloadLimit);
  onBody(body);
  if (!body) throw requestTooLarge(payloadLimit);
  const payload = body.length > 0 ? body : Buffer.from('{}');
  assertJson(payload);
  const clientContext = readClientContext(headerOf(http, 'x-amz-client-context'));
  const traceId = headerOf(http, 'x-amzn-trace-id');
  return {
    payload,
    requestId,
    ...(traceId === undefined ? {} : { traceId }),
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(clientContext === undefined ? {} : { clientContext }),
  };
}

/** One of the values that a header may have, the first where it is left out; `field` is its name in the API. */
export function choiceOf<Value extends string>(
  request: IncomingMessage,
  header: string,
  { field, values }: { field: string; values: readonly [Value, ...Value[]] },
): Value {
  const asked = headerOf(request, header) ?? values[0];
  const value = values.find((known) => known === asked);
  if (value === undefined) throw invalidRequest(field, asked, `enum value set: [${values.join(', ')}]`);
  return value;
}

/** Whether the client wants the end of the log with its answer. */
export const wantsLog = (request: IncomingMessage): boolean =>
  choiceOf(request, 'x-amz-log-type', { field: 'logType', values: ['None', 'Tail'] }) === 'Tail';

const ClientContext = v.pipe(
  v.string(),
  v.parseJson(),
  // Valibot takes a list for an object.
  v.check((value) => !Array.isArray(value)),
  v.looseObject({}),
);

/** Strict, since the runtime client ends its process on what is not JSON. */
function readClientContext(encoded: string | undefined): string | undefined {
  if (encoded === undefined || encoded === '') return undefined;
  const json = Buffer.from(encoded, 'base64').toString();
  if (v.is(ClientContext, json)) return json;
  throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
}

function assertJson(payload: Buffer): void {
  try {
    JSON.parse(payload.toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidContent(`Could not parse request body into json: ${reason}`);
  }
}
