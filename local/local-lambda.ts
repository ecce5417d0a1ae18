import path from 'node:path';
import { followChanges } from './follow-changes';
import { OpenUrls, type ServedUrl } from './function-url/open-urls';
import type { QueuedEventState } from './lambda-api/event-queue/queued-event';
import { isLoopback } from './http/guarded-server';
import { listen } from './http/listen';
import { LivePage } from './page/page';
import { startLambdaApi } from './lambda-api/server';
import { chooseFunction, definitionOf, loadAll, loadFunctions } from './load-functions';
import type { FunctionSource, LoadedFunction } from './load-functions';
import type { FunctionDefinition } from './template/definition';
import type { DeclaredFunction } from './template/declared-function';
import type { Declarations } from './template/template';
import { reportFailures } from './report-failures';
import { UserError } from './user-error';

export interface LocalLambdaOptions extends FunctionSource {
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
  /**
   * Of the first Function URL, 3000 by default; each further URL takes the next that is neither of the two below. 0 takes any
   * free port.
   */
  readonly port?: number | undefined;
  /** Of the Lambda API, 3001 by default. 0 takes any free port. */
  readonly apiPort?: number | undefined;
  /** Of the live page, which there is none of by default. 0 takes any free port. */
  readonly pagePort?: number | undefined;
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
  /** The function with this id or name; without one the only one. Throws why it cannot run, or is not there. */
  readonly definition: (id?: string) => FunctionDefinition;
  /** Of all that can be invoked here; one that is mended after the start comes to them. */
  readonly functionNames: readonly string[];
  readonly functionUrls: readonly ServedUrl[];
  readonly apiUrl: string;
  /** Undefined where no page was asked for. */
  readonly pageUrl: string | undefined;
  /** The asynchronous invocations that have been accepted and not yet been processed, the oldest first. */
  readonly queuedEvents: () => QueuedEventState[];
  /** Stops the servers and kills every execution environment. May be called again. */
  close(): Promise<void>;
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
async function serve(given: LocalLambdaOptions, parts: Closable[]): Promise<Omit<LocalLambda, 'close'>> {
  const page = given.pagePort === undefined ? undefined : new LivePage();
  const options = page?.listeningTo(given) ?? given;
  const { host = '127.0.0.1', apiPort = 3001, pagePort } = options;
  if (!isLoopback(host)) options.onWarning?.(exposed(host));
  // Known once it listens, which is before the first function runs.
  const known: { lambdaApi?: string } = {};
  const { template, read, load } = await loadFunctions(options, () => known.lambdaApi);
  const debugged = options.debugPort === undefined ? undefined : functionToDebug(template, options.function);

  // The addresses come first: the template may tell them to functions.
  const urls = new OpenUrls();
  parts.push(urls);
  const keptPorts = pagePort === undefined ? [apiPort] : [apiPort, pagePort];
  await urls.open(urlsToServe(template, options), { ...options, keptPorts, onExchange: page?.onExchange });
  const { addresses } = urls;
  const definitions = read(addresses);

  const loading = { load, debugged, debugPort: options.debugPort };
  const { functions, failures, broken } = await loadAll(definitions, loading);
  const pools = functions.map(({ pool }) => pool);
  parts.push(...pools);
  page?.addFunctions(pools);
  const mendable = new Set(options.watch ? broken.map(({ logicalId }) => logicalId) : []);
  reportFailures(failures, { template, mendable, addresses, options });
  const functionUrls = urls.connect(definitions.urls, pools);
  const functionNames = pools.map((pool) => pool.definition.name);

  const cannotRun = template.functions.filter(({ logicalId }) => failures.has(logicalId)).flatMap(namesOf);
  const apiOptions = {
    host,
    port: apiPort,
    cannotRun,
    events: { retryDelay: options.retryDelay === undefined ? undefined : options.retryDelay * 1_000 },
    recordFolder: path.join(path.dirname(options.template ?? 'template.yaml'), '.local-lambda/event-records'),
    onNotice: options.onNotice,
    onExchange: page?.onExchange,
  };
  const api = await listen('--api-port', () => startLambdaApi(pools, apiOptions));
  parts.push(api);
  known.lambdaApi = fromHere(api.url);
  const onLoaded = ({ pool }: LoadedFunction) => {
    parts.push(pool);
    pools.push(pool);
    page?.addFunctions([pool]);
    failures.delete(pool.definition.logicalId);
    functionNames.push(pool.definition.name);
    functionUrls.push(...urls.connect(definitions.urls, [pool]));
  };
  if (options.watch) {
    parts.push(await followChanges({ functions, broken, onLoaded, files: sourceFiles(options) }, options));
  }
  const definition = (id?: string) =>
    definitionOf(chooseFunction(template.functions, id), definitions.functions, failures);
  const served = { definition, functionNames, functionUrls, apiUrl: api.url, queuedEvents: api.queuedEvents };
  if (!page || pagePort === undefined) return { ...served, pageUrl: undefined };
  const eventFolder = path.join(path.dirname(options.template ?? 'template.yaml'), 'events');
  const watched = { ...served, pools, eventFolder };
  const server = await listen('--page-port', () => page.serve(watched, { host, port: pagePort }));
  parts.push(server);
  return { ...served, pageUrl: server.url };
}

/** What listens on all addresses of this machine is called by one of them. */
const fromHere = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

const exposed = (host: string): string =>
  `--host ${host} lets everyone who reaches this machine invoke the functions, which run here, as you.`;

function functionToDebug({ functions }: Declarations, id: string | undefined): string {
  if (id === undefined && functions.length > 1) {
    const ids = functions.map(({ logicalId }) => logicalId).join(', ');
    throw new UserError(`--debug-port: expected --function too, to say which to debug: ${ids}.`);
  }
  return chooseFunction(functions, id).logicalId;
}

function urlsToServe({ functions, urls }: Declarations, { function: id, debugPort }: LocalLambdaOptions) {
  if (id === undefined) return urls;
  const chosen = chooseFunction(functions, id);
  const own = urls.filter((url) => url.function === chosen);
  // To debug it, the Lambda API is enough.
  if (own.length > 0 || debugPort !== undefined) return own;
  throw new UserError(`--function: expected a function with a Function URL, ${id} has none.`);
}

const namesOf = ({ logicalId, name }: DeclaredFunction): string[] => [logicalId, name];

function sourceFiles({ template = 'template.yaml', envVars }: FunctionSource): string[] {
  return envVars === undefined ? [template] : [template, envVars];
}
