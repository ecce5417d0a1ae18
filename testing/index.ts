export { type InvokedResponse, startLocalLambda, type TestLambda } from './local-lambda';
export type { TestLambdaOptions } from './options';
export type { EndedInvocation } from './ended-invocation';
export type { DirectAnswer } from './invoke';
export type { InvocationReport, Outcome, TaskReport } from '../runtime/index';
