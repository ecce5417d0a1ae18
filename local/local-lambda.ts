import path from 'node:path';
import { followChanges } from './follow-changes';
import { startFunctionUrl } from './function-url/server';
import type { QueuedEventState } from './lambda-api/event-queue/queued-event';
import { startLambdaApi } from './lambda-api/server';
import { chooseFunction, loadFunctions } from './load-functions';
import type { FunctionSource, LoadedFunction } from './load-functions';
import { environmentCredentials, type Credentials } from './http/aws-signature';
import { isLoopback } from './http/front-server';
import type { FunctionDefinition, FunctionUrlDefinition } from './template/definition';
import { reasonOf, UserError } from './user-error';

export interface LocalLambdaOptions extends FunctionSource {
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
  /** Of the first Function URL, 3000 by default; each further URL takes the next port. 0 takes any free port. */
  readonly port?: number | undefined;
  /** Of the Lambda API, 3001 by default. 0 takes any free port. */
  readonly apiPort?: number | undefined;
  /** The logical id of the only function whose URL is served. */
  readonly function?: string | undefined;
  /** Where that function, or the only one, waits for a debugger. */
  readonly debugPort?: number | undefined;
  /** Has requests to Function URLs of AuthType AWS_IAM checked against the credentials of the environment. */
  readonly auth?: boolean | undefined;
  /** Seconds before an event whose invocation failed is tried again, 60 by default; the second time it is twice that. */
  readonly retryDelay?: number | undefined;
  /** Runs new code as soon as it has been saved. */
  readonly watch?: boolean | undefined;
  readonly onNotice?: (message: string) => void;
}

export interface LocalLambda {
  /** Those of the template. */
  readonly definitions: readonly FunctionDefinition[];
  readonly functionUrls: readonly LocalFunctionUrl[];
  readonly apiUrl: string;
  /** The asynchronous invocations that have been accepted and not yet been processed, the oldest first. */
  readonly queuedEvents: () => QueuedEventState[];
  /** Stops the servers and kills every execution environment. May be called again. */
  close(): Promise<void>;
}

export interface LocalFunctionUrl {
  readonly functionName: string;
  readonly authType: FunctionUrlDefinition['authType'];
  readonly url: string;
}

/** Builds the template's functions and serves their Function URLs and the Lambda API. */
export async function startLocalLambda(options: LocalLambdaOptions = {}): Promise<LocalLambda> {
  const parts: Closable[] = [];
  const close = async () => {
    await Promise.all(parts.map((part) => part.close()));
  };
  try {
    return { ...(await serve(options, parts)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Closable {
  close(): Promise<void>;
}

/** Adds to `parts` what it opens, at once, so that nothing stays open when a later part fails. */
async function serve(options: LocalLambdaOptions, parts: Closable[]): Promise<Omit<LocalLambda, 'close'>> {
  const { host = '127.0.0.1', port = 3000, apiPort = 3001, debugPort } = options;
  if (!isLoopback(host)) options.onWarning?.(exposed(host));
  const served: { lambdaApi?: string } = {};
  const { definitions, load } = await loadFunctions(options, () => served.lambdaApi);
  const withUrl = functionsWithUrl(definitions, options);
  const debugged = debugPort === undefined ? undefined : functionToDebug(definitions, options.function);
  const credentials = options.auth ? developerCredentials() : undefined;
  const functions: LoadedFunction[] = [];
  const functionUrls: LocalFunctionUrl[] = [];
  for (const definition of definitions) {
    const loaded = await load(definition, definition === debugged ? debugPort : undefined);
    const { pool } = loaded;
    functions.push(loaded);
    parts.push(pool);
    const declared = withUrl.includes(definition) ? definition.url : undefined;
    if (!declared) continue;
    const ownPort = port === 0 ? 0 : port + functionUrls.length;
    const urlOptions = { host, port: ownPort, auth: credentials, onWarning: options.onWarning };
    const server = await listen('--port', () => startFunctionUrl(pool, urlOptions));
    parts.push(server);
    functionUrls.push({ functionName: definition.name, authType: declared.authType, url: server.url });
  }
  const pools = functions.map(({ pool }) => pool);
  const apiOptions = {
    host,
    port: apiPort,
    events: { retryDelay: options.retryDelay === undefined ? undefined : options.retryDelay * 1_000 },
    recordFolder: path.join(path.dirname(options.template ?? 'template.yaml'), '.local-lambda/event-records'),
    onNotice: options.onNotice,
  };
  const api = await listen('--api-port', () => startLambdaApi(pools, apiOptions));
  parts.push(api);
  served.lambdaApi = fromHere(api.url);
  if (options.watch) parts.push(await followChanges({ functions, files: sourceFiles(options) }, options));
  return { definitions, functionUrls, apiUrl: api.url, queuedEvents: api.queuedEvents };
}

/** What listens on all addresses of this machine is called by one of them. */
const fromHere = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

const exposed = (host: string): string =>
  `--host ${host} lets everyone who reaches this machine invoke the functions, which run here, as you.`;

function functionsWithUrl(
  definitions: readonly FunctionDefinition[],
  { function: id, debugPort }: LocalLambdaOptions,
): FunctionDefinition[] {
  if (id === undefined) return definitions.filter(({ url }) => url !== undefined);
  const chosen = chooseFunction(definitions, id);
  if (chosen.url) return [chosen];
  // To debug it, the Lambda API is enough.
  if (debugPort !== undefined) return [];
  throw new UserError(`--function: expected a function with a FunctionUrlConfig, ${id} has none.`);
}

function sourceFiles({ template = 'template.yaml', envVars }: FunctionSource): string[] {
  return envVars === undefined ? [template] : [template, envVars];
}

function functionToDebug(definitions: readonly FunctionDefinition[], id: string | undefined): FunctionDefinition {
  if (id === undefined && definitions.length > 1) {
    const ids = definitions.map(({ logicalId }) => logicalId).join(', ');
    throw new UserError(`--debug-port: expected --function too, to say which to debug: ${ids}.`);
  }
  return chooseFunction(definitions, id);
}

function developerCredentials(): Credentials {
  const credentials = environmentCredentials();
  if (credentials) return credentials;
  throw new UserError(
    '--auth: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, which requests are to be signed with.',
  );
}

async function listen<Server>(option: string, start: () => Promise<Server>): Promise<Server> {
  try {
    return await start();
  } catch (cause) {
    throw new UserError(`${reasonOf(cause)}; choose another port with ${option} (0 takes any free one).`, { cause });
  }
}
