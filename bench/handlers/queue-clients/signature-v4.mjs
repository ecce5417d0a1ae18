import { answerAfter, asynchronous, credentials } from './answer-after.mjs';
import { send } from './send.mjs';

export const handler = answerAfter(async (url, body) => {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { createHash, createHmac } = process.getBuiltinModule('node:crypto');
  const sha256 = function (secret) {
    const hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
    return { update: (data) => hash.update(data), digest: async () => hash.digest() };
  };
  const signer = new SignatureV4({ service: 'lambda', region: 'us-east-1', credentials, sha256, applyChecksum: false });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, 'content-length': String(Buffer.byteLength(body)), ...asynchronous },
    body,
  });
  await send(url, headers, body);
});
