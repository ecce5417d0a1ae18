// The app of hono.mjs on this project's library.
import { LambdaFetchAdapter, LambdaRuntime } from '../../runtime';
import { app } from './hono-app.mjs';

export const handler = new LambdaRuntime(new LambdaFetchAdapter(app)).run();
