import type { ObservedExchange } from '../../http/observed-exchange';
import type { RequestState } from '../state';

/** The command that makes a request again: curl for a Function URL, the AWS CLI for the Lambda API. */
export function commandFor(
  request: Omit<RequestState, 'command'>,
  { door, functionName, address }: Pick<ObservedExchange, 'door' | 'functionName'> & { readonly address: string },
): string {
  return door === 'Function URL' ? curl(request, address) : awsCli(request, functionName, address);
}

function curl({ method, target, headers, body }: Omit<RequestState, 'command'>, address: string): string {
  const hasBody = body.bytes > 0;
  // curl makes a POST of what has a body, and a GET of what has none.
  const usual = hasBody ? 'POST' : 'GET';
  const sent = headers.filter(([name]) => !ofTheClient.has(name) && !name.startsWith('sec-'));
  return [
    'curl',
    ...(method === usual ? [] : ['-X', method]),
    ...sent.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(hasBody ? ['--data-binary', payloadOf(body)] : []),
    quoted(`${address.replace(/\/$/, '')}${target}`),
  ].join(' ');
}

function awsCli({ headers, body }: Omit<RequestState, 'command'>, functionName: string, address: string): string {
  const type = headers.find(([name]) => name === 'x-amz-invocation-type')?.[1];
  return [
    'aws lambda invoke',
    `--endpoint-url ${quoted(address)}`,
    `--function-name ${quoted(functionName)}`,
    ...(type === undefined || type === 'RequestResponse' ? [] : [`--invocation-type ${quoted(type)}`]),
    '--cli-binary-format raw-in-base64-out',
    ...(body.bytes > 0 ? [`--payload ${payloadOf(body)}`] : []),
    'response.json',
  ].join(' ');
}

/** What a client adds by itself. */
const ofTheClient = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'host',
  'transfer-encoding',
  'user-agent',
]);

/** A command line has no room for a long body, and none for bytes: those have to come from a file. */
const payloadOf = ({ text, bytes }: RequestState['body']): string =>
  text === undefined || bytes > 8_192 ? '@body' : quoted(text);

const quoted = (text: string): string => (/^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
