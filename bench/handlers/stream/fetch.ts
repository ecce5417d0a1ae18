import { LambdaFetchAdapter, LambdaRuntime } from '../../../runtime';
import { parts } from './parts';

/** The same body, as that of a Response. */
const adapter = new LambdaFetchAdapter(async (request) => {
  const source = parts(Number(await request.text()));
  const body = new ReadableStream({
    pull(controller) {
      const part = source.next();
      if (part.done === true) controller.close();
      else controller.enqueue(part.value);
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/octet-stream' } });
});

export const handler = new LambdaRuntime(adapter).run();
