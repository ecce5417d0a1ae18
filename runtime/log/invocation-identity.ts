import type { Context } from 'aws-lambda';

/** Tells the records of an invocation from all others, under whichever invocation they are written. */
export interface InvocationIdentity extends Pick<
  Context,
  'awsRequestId' | 'functionName' | 'functionVersion' | 'invokedFunctionArn' | 'memoryLimitInMB' | 'tenantId'
> {
  readonly coldStart: boolean;
  /** The trace header of X-Ray. */
  readonly trace: string | undefined;
}

/** To be taken when the invocation begins: later the context has been in other hands, and the trace is the next one's. */
export function identify(context: Context, coldStart: boolean): InvocationIdentity {
  return {
    awsRequestId: context.awsRequestId,
    functionName: context.functionName,
    functionVersion: context.functionVersion,
    invokedFunctionArn: context.invokedFunctionArn,
    memoryLimitInMB: context.memoryLimitInMB,
    tenantId: context.tenantId,
    coldStart,
    trace: traceOf(context),
  };
}

/** Where several invocations share a process, the variable does not say whose it is (aws-lambda-ric 4, src/utils/env.ts). */
function traceOf(context: Context): string | undefined {
  return 'xRayTraceId' in context && typeof context.xRayTraceId === 'string'
    ? context.xRayTraceId
    : process.env['_X_AMZN_TRACE_ID'];
}

/** As keys of a record, with the names that Powertools Logger gives them: one query finds all records. */
export function identityKeys(identity: InvocationIdentity) {
  return {
    cold_start: identity.coldStart,
    function_arn: identity.invokedFunctionArn,
    function_memory_size: identity.memoryLimitInMB,
    function_name: identity.functionName,
    function_request_id: identity.awsRequestId,
    xray_trace_id: rootOf(identity.trace),
    tenant_id: identity.tenantId,
  };
}

/** `Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1` has the id of the trace in Root. */
function rootOf(trace = ''): string | undefined {
  const id = trace.includes('=') ? /(?:^|;)Root=([^;]*)/.exec(trace)?.[1] : trace;
  return id === '' ? undefined : id;
}
