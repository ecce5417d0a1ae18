// As on https://hono.dev/docs/getting-started/aws-lambda#lambda-response-streaming
import { streamHandle } from 'hono/aws-lambda';
import { app } from './hono-app.mjs';

export const handler = streamHandle(app);
