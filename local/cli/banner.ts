import type { ServedUrl } from '../function-url/open-urls';
import { exampleEvent } from './example-event';
import type { LocalLambda, LocalLambdaOptions } from '../local-lambda';

/** What `npm start` says when it is ready: where to call, with a line to copy, and what may surprise. */
export function banner(
  { functionNames, functionUrls, apiUrl, pageUrl }: LocalLambda,
  { auth, debugPort, template }: LocalLambdaOptions,
): string {
  const [first] = functionUrls;
  const signed = functionUrls
    .filter(({ authType }) => authType === 'AWS_IAM')
    .map((served) => nameOf(served, functionUrls));
  const isSigned = auth === true && first?.authType === 'AWS_IAM';
  const [only] = functionNames;
  const called = first?.url ?? (only === undefined ? undefined : `${apiUrl}/2015-03-31/functions/${only}/invocations`);
  const data = exampleEvent(template) ?? "'{}'";
  const example = called === undefined ? [] : [`curl ${isSigned ? signature() : ''}-d ${data} ${called}`, ''];
  const checks = auth ? 'requests must be signed with the credentials of this terminal' : 'local requests go unchecked';
  const lines = [
    ...functionUrls.map((served) => `Function URL  ${served.url}  ${nameOf(served, functionUrls)}`),
    `Lambda API    ${apiUrl}`,
    ...(pageUrl === undefined ? [] : [`Live page     ${pageUrl}`]),
    '',
    ...example,
    ...(signed.length > 0 ? [`AuthType AWS_IAM (${signed.join(', ')}): ${checks}.`] : []),
    ...(debugPort === undefined
      ? []
      : [`Once invoked, the function waits for a debugger at ${debugAddress(debugPort)}.`]),
    'Ctrl-C stops it.',
  ];
  return `${lines.join('\n')}\n`;
}

const debugAddress = (port: number): string =>
  port === 0 ? '127.0.0.1, at a free port that its log then names' : `127.0.0.1:${port}`;

/** With its qualifier where the function has several URLs, which that tells apart. */
function nameOf({ functionName, qualifier }: ServedUrl, all: readonly ServedUrl[]): string {
  const isOnly = all.filter((served) => served.functionName === functionName).length === 1;
  return isOnly || qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
}

/** The shell puts the credentials in, so that they are not shown. */
function signature(): string {
  const options = [
    ...['--aws-sigv4', `"aws:amz:\${AWS_REGION:-us-east-1}:lambda"`],
    ...['--user', '"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"'],
    // curl signs an empty header but does not send it. So the header is there only where there is a token.
    ...(process.env['AWS_SESSION_TOKEN'] ? ['-H', '"x-amz-security-token: $AWS_SESSION_TOKEN"'] : []),
  ];
  return `${options.join(' ')} `;
}
