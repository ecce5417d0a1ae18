import { BadRequestError, type LambdaContext, LambdaHandlerAdapter, LambdaRuntime } from 'background-tasks';
import { startLocalLambda, type EndedInvocation } from 'background-tasks/testing';

export const runtime: typeof LambdaRuntime = LambdaRuntime;
export const ended = async (): Promise<EndedInvocation> => (await (await startLocalLambda()).fetch('/')).invocation;
// The parameters of a handler that is written in place have their types.
export const inPlace = new LambdaHandlerAdapter(async (event, context) => {
  context.waitUntil(Promise.resolve(event), 'task');
  return Promise.resolve({ left: context.getRemainingTimeInMillis() });
});
export class NoSuchOrderError extends BadRequestError {
  override readonly name = 'NoSuchOrderError';
}
export const remaining = (context: LambdaContext): number => context.getRemainingTimeInMillis();
