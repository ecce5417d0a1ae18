import type { Writable } from 'node:stream';
import { startLocalLambda } from './local-lambda';
import type { LocalLambda, LocalLambdaOptions } from './local-lambda';
import { stopRequest } from './stop-request';

/** `npm start`: serves the template's functions until it is told to stop. The banner goes to `out`, the log to `log`. */
export async function start(
  options: LocalLambdaOptions,
  { out, log }: { out: Writable; log: Writable },
): Promise<void> {
  const stop = stopRequest();
  const lambda = await startLocalLambda({
    ...options,
    onLog: ({ text }) => log.write(`${text}\n`),
    onWarning: (message) => log.write(`Warning: ${message}\n`),
  });
  out.write(banner(lambda));
  await stop;
  await lambda.close();
}

function banner({ functionUrls, apiUrl }: LocalLambda): string {
  const [first] = functionUrls;
  const signed = functionUrls.filter(({ authType }) => authType === 'AWS_IAM').map(({ functionName }) => functionName);
  const lines = [
    ...functionUrls.map(({ url, functionName }) => `Function URL  ${url}  ${functionName}`),
    `Lambda API    ${apiUrl}`,
    ...(first ? ['', `curl -d '{"message":"Hello Background Tasks"}' ${first.url}`] : []),
    '',
    ...(signed.length > 0 ? [`AuthType AWS_IAM (${signed.join(', ')}): local requests go unchecked.`] : []),
    'Ctrl-C stops it.',
  ];
  return `${lines.join('\n')}\n`;
}
