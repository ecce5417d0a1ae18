import * as v from 'valibot';
import { decodePayload } from '../../runtime/queue/payload';
import { memberText } from './member-text';

/** An event that Lambda has given up, as the record in the on-failure destination has it. */
export interface FailedEvent {
  /** What was invoked; without a qualifier where that was `$LATEST`. */
  readonly functionArn: string;
  /** The end of its ARN: `Hello`, or `Hello:live`. */
  readonly functionName: string;
  readonly region: string;
  readonly requestId: string;
  /** JSON, byte for byte as in the record. */
  readonly payload: string;
  /** The queued task that it carries, where it carries one. */
  readonly task: { readonly name: string; readonly id: string } | undefined;
  /** `RetriesExhausted`, `EventAgeExceeded` and their like. */
  readonly condition: string;
  readonly attempts: number;
  readonly failedAt: string;
  /** What the last attempt failed with, where there was one that told. */
  readonly error: string | undefined;
}

/** What a message holds that cannot be redriven. */
export class NoFailedEventError extends Error {
  override readonly name = 'NoFailedEventError';
}

/**
 * Throws a NoFailedEventError where `body` is no record of an event that failed. Its message quotes nothing of the body.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function readFailedEvent(body: string): FailedEvent {
  const { timestamp, requestContext, requestPayload, responsePayload } = readRecord(body);
  const { functionArn, requestId, condition, approximateInvokeCount } = requestContext;
  if (condition === 'Success') throw new NoFailedEventError('the event in it has not failed');
  const [, , , region = '', , , ...name] = functionArn.split(':');
  return {
    // A function that was invoked without a qualifier queues to itself without one, and may have no permission for more.
    functionArn: withoutLatest(functionArn),
    functionName: withoutLatest(name.join(':')),
    region,
    requestId,
    payload: memberText(body, 'requestPayload') ?? '',
    task: decodePayload(requestPayload),
    condition,
    attempts: approximateInvokeCount,
    failedAt: timestamp,
    error: errorIn(responsePayload),
  };
}

/** Its region becomes part of the address that is asked. */
const functionArn = /^arn:aws[a-z-]*:lambda:[a-z]{2,}(-[a-z]+)+-\d+:\d{12}:function:[\w-]+(:[\w.$-]+)?$/;

const DestinationRecord = v.object({
  timestamp: v.string(),
  requestContext: v.object({
    requestId: v.string(),
    functionArn: v.pipe(v.string(), v.regex(functionArn)),
    condition: v.string(),
    approximateInvokeCount: v.number(),
  }),
  // Of any value, but there: what failed in a stream, for instance, has a record without it.
  requestPayload: v.unknown(),
  responsePayload: v.optional(v.unknown()),
});

function readRecord(body: string): v.InferOutput<typeof DestinationRecord> {
  const { success, output, issues } = v.safeParse(DestinationRecord, parseJson(body));
  if (success) return output;
  const missing = issues.map((issue) => v.getDotPath(issue) ?? 'an object').join(', ');
  throw new NoFailedEventError(`it is no record of an asynchronous invocation, for want of ${missing}`);
}

function parseJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch (cause) {
    throw new NoFailedEventError('it is no record of an asynchronous invocation, for it is no JSON', { cause });
  }
}

const withoutLatest = (name: string): string => name.replace(/:\$LATEST$/, '');

function errorIn(responsePayload: unknown): string | undefined {
  if (!v.is(ErrorPayload, responsePayload)) return undefined;
  const { errorType, errorMessage } = responsePayload;
  return errorType === undefined ? errorMessage : `${errorType}: ${errorMessage}`;
}

const ErrorPayload = v.object({ errorType: v.optional(v.string()), errorMessage: v.string() });
