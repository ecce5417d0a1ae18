import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpServer, readBody, startHttpServer } from '../../../local/http/server';
import type { FunctionDefinition } from '../../../local/template/definition';

interface LambdaFrontOptions {
  /** Of the local Lambda. */
  readonly apiUrl: string;
  readonly functionUrl: string;
  readonly definition: FunctionDefinition;
  /** Of its Function URL. */
  readonly authType: string | undefined;
  /** Called with the request id when the answer is there, and waited for before it is passed on. */
  readonly holdBack: (requestId: string) => Promise<void>;
}

/** What the Lambda API has on AWS, and not here: the configuration of the function and of its URL. */
export async function startLambdaFront(options: LambdaFrontOptions): Promise<HttpServer> {
  const { name, aliases, environment, logging } = options.definition;
  const [alias] = aliases;
  const unqualified = `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
  const FunctionArn = alias === undefined ? unqualified : `${unqualified}:${alias}`;
  const configuration = {
    FunctionName: name,
    Environment: { Variables: environment },
    LoggingConfig: { LogFormat: logging?.format, ApplicationLogLevel: logging?.applicationLogLevel },
  };
  const urlConfig = { FunctionArn, FunctionUrl: options.functionUrl, AuthType: options.authType };
  const answers = new Map([
    [`GET /2015-03-31/functions/${FunctionArn}/configuration`, JSON.stringify(configuration)],
    [`GET /2021-10-31/functions/${name}/urls`, JSON.stringify({ FunctionUrlConfigs: [urlConfig] })],
  ]);
  const invocation = `POST ${invocationPath(FunctionArn)}`;

  return startHttpServer(
    (request, response) => {
      const asked = `${String(request.method)} ${decodeURIComponent(String(request.url))}`;
      const answer = answers.get(asked);
      if (asked === invocation) {
        invoke(request, response, FunctionArn, options).catch((error: unknown) => response.destroy(toError(error)));
      } else {
        response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(answer ?? JSON.stringify({ message: `Nothing is known of ${asked}` }));
      }
    },
    { host: '127.0.0.1', port: 0 },
  );
}

async function invoke(
  request: IncomingMessage,
  response: ServerResponse,
  functionArn: string,
  { apiUrl, holdBack }: LambdaFrontOptions,
): Promise<void> {
  const body = await readBody(request, Infinity);
  const invoked = await fetch(`${apiUrl}${invocationPath(functionArn)}`, { method: 'POST', body: body ?? null });
  const payload = await invoked.text();
  await holdBack(invoked.headers.get('x-amzn-requestid') ?? '');
  // fetch has decoded the body.
  const headers = [...invoked.headers].filter(
    ([name]) => name.startsWith('x-amzn-') || name === 'x-amz-function-error',
  );
  response.writeHead(invoked.status, { ...Object.fromEntries(headers), 'content-type': 'application/json' });
  response.end(payload);
}

const invocationPath = (functionArn: string) => `/2015-03-31/functions/${functionArn}/invocations`;

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
