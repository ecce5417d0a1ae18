import { type LambdaContext, LambdaHandlerAdapter, LambdaRuntime } from 'background-tasks';
import { Hono } from 'hono';
import { streamHandle } from 'hono/aws-lambda';
import { sendReceipt } from './send-receipt';

const app = new Hono<{ Bindings: { context: LambdaContext } }>();
app.post('/', async (c) => {
  const { order } = await c.req.json<{ order: string }>();
  c.env.context.waitUntil(sendReceipt(order), 'receipt');
  return c.json({ accepted: order });
});

export const handler = new LambdaRuntime(new LambdaHandlerAdapter(streamHandle(app))).run();
