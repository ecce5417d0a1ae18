// As on https://docs.aws.amazon.com/powertools/typescript/latest/api/functions/_aws-lambda-powertools_event-handler.http.streamify.html
import { Router, streamify } from '@aws-lambda-powertools/event-handler/http';

const app = new Router();

app.post('/', async ({ req }) => {
  const { message } = await req.json();
  return { echoedMessage: message };
});

export const handler = streamify(app);
