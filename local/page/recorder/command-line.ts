import type { ObservedExchange } from '../../http/observed-exchange';
import { parseFunctionName } from '../../template/function-arn';
import type { RequestState } from '../state';
import { shellWord } from './shell-word';

type Request = Omit<RequestState, 'command'>;

/** The command that makes a request again: curl for a Function URL, the AWS CLI for the Lambda API. */
export function commandFor(
  request: Request,
  { door, functionName, address }: Pick<ObservedExchange, 'door' | 'functionName'> & { readonly address: string },
): string {
  return door === 'Function URL' ? curl(request, address) : awsCli(request, functionName, address);
}

function curl({ method, target, headers, body }: Request, address: string): string {
  const hasBody = body.bytes > 0;
  const text = textInLine(body);
  const sent = headers.filter(([name]) => !ofTheClient.has(name) && !name.startsWith('sec-'));
  return [
    'curl',
    ...methodOptions(method, hasBody),
    ...sent.map(([name, value]) => `-H ${headerWord(name, value)}`),
    // Of itself it takes a body for a form.
    ...(hasBody && !sent.some(([name]) => name === 'content-type') ? ['-H content-type:'] : []),
    ...(hasBody ? [text === undefined ? '--data-binary @body' : `--data-raw ${shellWord(text)}`] : []),
    ...urlWords(target, address.replace(/\/$/, '')),
  ].join(' ');
}

/** curl makes a POST of what has a body, and a GET of what has none. After a HEAD it must not wait for what never comes. */
function methodOptions(method: string, hasBody: boolean): string[] {
  if (method === 'HEAD') return hasBody ? ['-X HEAD -H connection:close'] : ['-I'];
  return method === (hasBody ? 'POST' : 'GET') ? [] : [`-X ${method}`];
}

/** Node.js reads a byte of a header, and of a path, as a character of Latin-1. */
function headerWord(name: string, value: string): string {
  return shellWord(Buffer.from(value === '' ? `${name};` : `${name}: ${value}`, 'latin1'));
}

/** The URL last, and before it what keeps curl from reading more into it than a server does. */
function urlWords(target: string, address: string): string[] {
  // No path, or what a URL does not have in one.
  if (!/^\/[!-~]*$/.test(target) || target.includes('#')) {
    return ['--request-target', shellWord(Buffer.from(target, 'latin1')), shellWord(`${address}/`)];
  }
  return [
    ...(/[[\]{}]/.test(target) ? ['-g'] : []),
    ...(/^[^?]*\/(\.|%2e){1,2}(\/|\?|$)/i.test(target) ? ['--path-as-is'] : []),
    shellWord(address + target),
  ];
}

function awsCli({ target, headers, body }: Request, functionName: string, address: string): string {
  const header = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
  const type = header('x-amz-invocation-type');
  const context = header('x-amz-client-context');
  const qualifier = qualifierIn(target);
  return [
    'aws lambda invoke',
    `--endpoint-url ${shellWord(address)}`,
    `--function-name ${shellWord(functionName)}`,
    ...(qualifier === undefined ? [] : [`--qualifier ${shellWord(qualifier)}`]),
    ...(type === undefined || type === 'RequestResponse' ? [] : [`--invocation-type ${shellWord(type)}`]),
    ...(context === undefined || context === '' ? [] : [`--client-context ${shellWord(context)}`]),
    '--cli-binary-format raw-in-base64-out',
    ...(body.bytes > 0 ? [`--payload ${awsPayload(body)}`] : []),
    'response.json',
  ].join(' ');
}

/** The AWS CLI reads a file where a payload looks like the address of one. */
function awsPayload(body: Request['body']): string {
  const text = textInLine(body);
  return text === undefined || /^fileb?:\/\//.test(text) ? 'fileb://body' : shellWord(text);
}

/** `live` of `/2015-03-31/functions/Orders/invocations?Qualifier=live`, or of `/2015-03-31/functions/Orders:live/invocations`. */
function qualifierIn(target: string): string | undefined {
  const [, name = '', query = ''] = /\/functions\/([^/?]+)[^?]*\??(.*)$/.exec(target) ?? [];
  return new URLSearchParams(query).get('Qualifier') ?? parseFunctionName(name.replaceAll(/%3A/gi, ':'))?.qualifier;
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
const textInLine = ({ text, bytes }: Request['body']): string | undefined => (bytes > 8_192 ? undefined : text);
