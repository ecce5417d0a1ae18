import type { InvocationIdentity } from '../../runtime/log/invocation-identity';

/** That of a warm invocation, unless told otherwise. */
export function identity(differences: Partial<InvocationIdentity> = {}): InvocationIdentity {
  return {
    awsRequestId: 'request-1',
    functionName: 'Orders-1',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Orders-1',
    memoryLimitInMB: '128',
    tenantId: undefined,
    coldStart: false,
    trace: undefined,
    ...differences,
  };
}
