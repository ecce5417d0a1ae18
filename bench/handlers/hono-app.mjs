import { Hono } from 'hono';

export const app = new Hono();

app.post('/', async (context) => {
  const { message } = await context.req.json();
  return context.json({ echoedMessage: message });
});
