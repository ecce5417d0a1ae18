import { LambdaFetchAdapter, LambdaRuntime } from '../../../runtime';
import { streamOfParts } from './parts';

const adapter = new LambdaFetchAdapter(async (request) => {
  const body = streamOfParts(Number(await request.text()));
  return new Response(body, { headers: { 'content-type': 'application/octet-stream' } });
});

export const handler = new LambdaRuntime(adapter).run();
