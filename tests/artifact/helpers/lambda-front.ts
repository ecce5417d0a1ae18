import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpServer, readBody, startHttpServer } from '../../../local/http/server';
import type { FunctionDefinition } from '../../../local/template/definition';

interface LambdaFrontOptions {
  /** Of the local Lambda. */
  readonly apiUrl: string;
  readonly definition: FunctionDefinition;
  /** Of its Function URL. */
  readonly authType: string | undefined;
  /** Called with the request id when the answer is there, and waited for before it is passed on. */
  readonly holdBack: (requestId: string) => Promise<void>;
}

/** What the Lambda API has on AWS, and not here: the configuration of the function. */
export async function startLambdaFront(options: LambdaFrontOptions): Promise<HttpServer> {
  const { name, environment, logging } = options.definition;
  const configuration = {
    FunctionName: name,
    Environment: { Variables: environment },
    LoggingConfig: { LogFormat: logging?.format, ApplicationLogLevel: logging?.applicationLogLevel },
  };
  const answers = new Map([
    [`GET /2015-03-31/functions/${name}/configuration?Qualifier=live`, JSON.stringify(configuration)],
    [`GET /2021-10-31/functions/${name}/url?Qualifier=live`, JSON.stringify({ AuthType: options.authType })],
  ]);
  const invocation = `POST ${invocationPath(name)}`;

  return startHttpServer(
    (request, response) => {
      const asked = `${String(request.method)} ${String(request.url)}`;
      const answer = answers.get(asked);
      if (asked === invocation) {
        invoke(request, response, options).catch((error: unknown) => response.destroy(toError(error)));
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
  { apiUrl, definition, holdBack }: LambdaFrontOptions,
): Promise<void> {
  const body = await readBody(request, Infinity);
  const invoked = await fetch(`${apiUrl}${invocationPath(definition.name)}`, { method: 'POST', body: body ?? null });
  const payload = await invoked.text();
  await holdBack(invoked.headers.get('x-amzn-requestid') ?? '');
  // fetch has decoded the body.
  const headers = [...invoked.headers].filter(
    ([name]) => name.startsWith('x-amzn-') || name === 'x-amz-function-error',
  );
  response.writeHead(invoked.status, { ...Object.fromEntries(headers), 'content-type': 'application/json' });
  response.end(payload);
}

const invocationPath = (name: string) => `/2015-03-31/functions/${name}/invocations?Qualifier=live`;

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
