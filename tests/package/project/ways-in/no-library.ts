import { once } from 'node:events';
import { sendReceipt } from './send-receipt';

export const handler = awslambda.streamifyResponse(async (event: { readonly body: string }, stream) => {
  const { order } = JSON.parse(event.body);
  stream.end(JSON.stringify({ accepted: order }));
  await once(stream, 'finish');
  await sendReceipt(order);
});
