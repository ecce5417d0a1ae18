import { LambdaRuntime, type LambdaContext } from 'background-tasks';
import { startLocalLambda, type EndedInvocation } from 'background-tasks/testing';

export const runtime: typeof LambdaRuntime = LambdaRuntime;
export const ended = async (): Promise<EndedInvocation> => (await (await startLocalLambda()).fetch('/')).invocation;
export const remaining = (context: LambdaContext): number => context.getRemainingTimeInMillis();
