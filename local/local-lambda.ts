import type { EnvironmentPool } from './environment/pool';
import { startFunctionUrl } from './function-url/server';
import { startLambdaApi } from './lambda-api/server';
import { chooseFunction, loadFunctions } from './load-functions';
import type { FunctionSource } from './load-functions';
import type { FunctionDefinition, FunctionUrlDefinition } from './template';
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
}

export interface LocalLambda {
  readonly functionUrls: readonly LocalFunctionUrl[];
  readonly apiUrl: string;
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
  const { host = '127.0.0.1', port = 3000, apiPort = 3001 } = options;
  const { definitions, openPool } = await loadFunctions(options);
  const withUrl = functionsWithUrl(definitions, options.function);
  const pools: EnvironmentPool[] = [];
  const functionUrls: LocalFunctionUrl[] = [];
  for (const definition of definitions) {
    const pool = await openPool(definition);
    pools.push(pool);
    parts.push(pool);
    const declared = withUrl.includes(definition) ? definition.url : undefined;
    if (!declared) continue;
    const ownPort = port === 0 ? 0 : port + functionUrls.length;
    const server = await listen('--port', () => startFunctionUrl(pool, { host, port: ownPort }));
    parts.push(server);
    functionUrls.push({ functionName: definition.name, authType: declared.authType, url: server.url });
  }
  const api = await listen('--api-port', () => startLambdaApi(pools, { host, port: apiPort }));
  parts.push(api);
  return { functionUrls, apiUrl: api.url };
}

function functionsWithUrl(definitions: readonly FunctionDefinition[], id: string | undefined): FunctionDefinition[] {
  if (id === undefined) return definitions.filter(({ url }) => url !== undefined);
  const chosen = chooseFunction(definitions, id);
  if (!chosen.url) throw new UserError(`--function: expected a function with a FunctionUrlConfig, ${id} has none.`);
  return [chosen];
}

async function listen<Server>(option: string, start: () => Promise<Server>): Promise<Server> {
  try {
    return await start();
  } catch (cause) {
    throw new UserError(`${reasonOf(cause)}; choose another port with ${option} (0 takes any free one).`, { cause });
  }
}
