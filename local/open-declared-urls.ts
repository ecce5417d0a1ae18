import type { OpenUrls } from './function-url/open-urls';
import { environmentCredentials, type Credentials } from './http/aws-signature';
import type { ExchangeObserver } from './http/observed-exchange';
import { listen } from './listen';
import { chooseFunction } from './load-functions';
import type { Declarations } from './template/template';
import { UserError } from './user-error';

interface UrlsOptions {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly auth?: boolean | undefined;
  readonly function?: string | undefined;
  readonly debugPort?: number | undefined;
  readonly onWarning?: (message: string) => void;
  readonly onExchange: ExchangeObserver | undefined;
}

/** Opens the Function URLs that a template declares, or those of the one function that is asked for, each at a port of its own. */
export async function openDeclaredUrls(urls: OpenUrls, template: Declarations, options: UrlsOptions): Promise<void> {
  const { host = '127.0.0.1', port = 3000, onWarning, onExchange } = options;
  const auth = options.auth ? developerCredentials() : undefined;
  for (const [index, { logicalId }] of urlsToServe(template, options).entries()) {
    const urlOptions = { host, port: port === 0 ? 0 : port + index, auth, onWarning, onExchange };
    await listen('--port', () => urls.open(logicalId, urlOptions));
  }
}

function urlsToServe({ functions, urls }: Declarations, { function: id, debugPort }: UrlsOptions) {
  if (id === undefined) return urls;
  const chosen = chooseFunction(functions, id);
  const own = urls.filter((url) => url.function === chosen);
  // To debug it, the Lambda API is enough.
  if (own.length > 0 || debugPort !== undefined) return own;
  throw new UserError(`--function: expected a function with a Function URL, ${id} has none.`);
}

function developerCredentials(): Credentials {
  const credentials = environmentCredentials();
  if (credentials) return credentials;
  throw new UserError(
    '--auth: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, which requests are to be signed with.',
  );
}
