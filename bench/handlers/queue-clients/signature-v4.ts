import { answerAfter, asynchronous } from './answer-after';
import { send } from './send';

export const handler = answerAfter(async (url, payload) => {
  const { signerFor } = await import('../../../runtime/queue/signer');
  const { headers } = await signerFor('us-east-1').sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, ...asynchronous },
    body: payload,
  });
  await send(url, headers, payload);
});
