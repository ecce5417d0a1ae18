import { functionArn } from '../../template/function-arn';
import type { InvocationResult, QueuedEvent } from './queued-event';

/** Why an event left the queue, with the result of its last attempt, if there was one. */
export interface Outcome {
  readonly condition:
    'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency' | 'RecursiveInvocation';
  readonly result?: InvocationResult | undefined;
}

/** What a destination gets to know of an event. */
export interface DestinationRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: Outcome['condition'];
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext?: {
    readonly statusCode: 200;
    readonly executedVersion: '$LATEST';
    readonly functionError?: 'Unhandled';
  };
  readonly responsePayload?: unknown;
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @see https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda_destinations.snapshot.json records of AWS
 */
export function destinationRecord({ pool, invocation, attempts }: QueuedEvent, outcome: Outcome): DestinationRecord {
  const { requestId, qualifier = '$LATEST', payload } = invocation;
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: functionArn(pool.region, pool.definition.name, qualifier),
      condition: outcome.condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: jsonOrText(payload),
    ...(outcome.result && responseOf(outcome.result)),
  };
}

function responseOf(result: InvocationResult): Pick<DestinationRecord, 'responseContext' | 'responsePayload'> {
  const context = { statusCode: 200, executedVersion: '$LATEST' } as const;
  return 'error' in result
    ? { responseContext: { ...context, functionError: 'Unhandled' }, responsePayload: result.error }
    : { responseContext: context, responsePayload: jsonOrText(result.payload) };
}

/** A function that streams may have written what is no JSON. */
function jsonOrText(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
