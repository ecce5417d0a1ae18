import { answerAfter, asynchronous, credentials } from './answer-after';
import { send } from './send';

export const handler = answerAfter(async (url, body) => {
  const { sign } = (await import('aws4')).default;
  const request = { service: 'lambda', region: 'us-east-1', method: 'POST', host: url.host, path: url.pathname, body };
  const { headers } = sign({ ...request, headers: { ...asynchronous } }, credentials);
  await send(url, headers, body);
});
