// As on https://hono.dev/docs/getting-started/aws-lambda#lambda-response-streaming
import { Hono } from 'hono';
import { streamHandle } from 'hono/aws-lambda';

const app = new Hono();

app.post('/', async (context) => {
  const { message } = await context.req.json();
  return context.json({ echoedMessage: message });
});

export const handler = streamHandle(app);
