import { randomBytes } from 'node:crypto';
import type { FunctionDefinition } from '../template/definition';
import { functionArn } from '../template/function-arn';

/** What a caller gives to an invocation. */
export interface Invocation {
  /** The event, as JSON. */
  readonly payload: Uint8Array;
  /** JSON */
  readonly clientContext?: string;
  readonly traceId?: string;
  /** A new one by default; an event that is tried again keeps its own. */
  readonly requestId?: string;
  /** The version or alias that the caller asked for; the function finds it in its invokedFunctionArn. */
  readonly qualifier?: string;
}

/** What became of an invocation, as its REPORT tells. */
export interface EndedInvocation {
  readonly functionName: string;
  readonly environmentId: string;
  readonly requestId: string;
  /** `error` where the function failed, or its process ended. */
  readonly status: 'success' | 'error' | 'timeout';
  /** Present where its process has ended: Lambda's name for the reason. */
  readonly errorType: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; present on a cold start. */
  readonly initDuration: number | undefined;
  /** MB; absent where the operating system does not tell. */
  readonly maxMemoryUsed: number | undefined;
}

/** What the Runtime API gives to the runtime. */
export interface DeliveredInvocation extends Invocation {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly functionArn: string;
  readonly traceId: string;
}

export const deliveredInvocation = (
  invocation: Invocation,
  { definition, region, requestId }: { definition: FunctionDefinition; region: string; requestId: string },
): DeliveredInvocation => ({
  ...invocation,
  requestId,
  deadline: Date.now() + definition.timeout * 1_000,
  functionArn: functionArn(region, definition.name, invocation.qualifier),
  traceId: invocation.traceId ?? newTraceId(),
});

/** @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1_000).toString(16);
  return `Root=1-${seconds}-${hex(12)};Parent=${hex(8)};Sampled=0`;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
