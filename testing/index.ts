export { type InvokedResponse, startLocalLambda, type TestLambda, type TestLambdaOptions } from './local-lambda';
export type { EndedInvocation } from './ended-invocation';
export type { DirectAnswer } from './invoke';
export type { InvocationReport, Outcome, TaskReport } from '../runtime/index';
