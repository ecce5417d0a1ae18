import { LambdaHandlerAdapter, LambdaRuntime } from '../../../runtime';

/** The library with this adapter and nothing else, for the size of its bundle. */
export const handler = new LambdaRuntime(new LambdaHandlerAdapter(() => 'Hello')).run();
