import { Deferred } from '../environment/deferred';
import type { EnvironmentPool } from '../environment/pool';
import type { FunctionUrlDefinition } from '../template/definition';
import { startFunctionUrl, type FunctionUrl, type FunctionUrlOptions, type FunctionUrlTarget } from './server';
import { environmentCredentials, type Credentials } from '../http/aws-signature';
import { listen } from '../http/listen';
import { UserError } from '../user-error';

/** A Function URL that calls its function. */
export interface ServedUrl {
  readonly functionName: string;
  /** The alias of the function that it calls. */
  readonly qualifier?: string | undefined;
  readonly authType: FunctionUrlDefinition['authType'];
  /** For instance `http://127.0.0.1:3000/`. */
  readonly url: string;
}

export interface OpenUrlsOptions extends Omit<FunctionUrlOptions, 'host' | 'port' | 'auth'> {
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
  /** 3000 by default; 0 takes any free port for each. */
  readonly port?: number | undefined;
  /** The ports that something else here will listen on. */
  readonly keptPorts?: readonly number[] | undefined;
  /** Has requests to URLs of AuthType AWS_IAM checked against the credentials of the environment. */
  readonly auth?: boolean | undefined;
}

/** A Function URL that listens, and what it will call. */
interface OpenUrl extends FunctionUrl {
  readonly logicalId: string;
  readonly target: Deferred<FunctionUrlTarget | undefined>;
}

/**
 * The Function URLs of a template. They are opened first, since functions may be told their addresses, and connected to
 * their functions once these are there.
 */
export class OpenUrls {
  readonly #open: OpenUrl[] = [];

  /**
   * Opens these, each at a port of its own: the first at `port`, each further one at the next that is not kept. Rejects
   * when it cannot listen; what is open by then is closed by `close`.
   */
  async open(urls: readonly { readonly logicalId: string }[], options: OpenUrlsOptions): Promise<void> {
    const { host = '127.0.0.1', keptPorts = [], onWarning, onExchange } = options;
    const auth = options.auth ? developerCredentials() : undefined;
    let { port = 3000 } = options;
    for (const { logicalId } of urls) {
      const urlOptions = { host, port, auth, onWarning, onExchange };
      const target = new Deferred<FunctionUrlTarget | undefined>();
      const opened = await listen('--port', () => startFunctionUrl(target.promise, urlOptions));
      this.#open.push({ logicalId, target, ...opened });
      port = portAfter(port, keptPorts);
    }
  }

  /** By logical id, for instance `http://127.0.0.1:3000/`. */
  get addresses(): ReadonlyMap<string, string> {
    return new Map(this.#open.map(({ logicalId, url }) => [logicalId, url]));
  }

  /**
   * From now on each calls its function; one that has none, or cannot be read, answers 502 and is not among these. May be
   * called again for functions that have come later.
   */
  connect(definitions: readonly FunctionUrlDefinition[], pools: readonly EnvironmentPool[]): ServedUrl[] {
    return this.#open.flatMap(({ logicalId, url, target, connect }) => {
      const definition = definitions.find((candidate) => candidate.logicalId === logicalId);
      const pool = definition && pools.find((candidate) => candidate.definition.logicalId === definition.functionId);
      target.resolve(pool && { pool, definition });
      if (!pool) return [];
      connect({ pool, definition });
      const { qualifier, authType } = definition;
      return [{ functionName: pool.definition.name, qualifier, authType, url }];
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((url) => url.close()));
  }
}

function portAfter(port: number, kept: readonly number[]): number {
  if (port === 0) return 0;
  return kept.includes(port + 1) ? portAfter(port + 1, kept) : port + 1;
}

function developerCredentials(): Credentials {
  const credentials = environmentCredentials();
  if (credentials) return credentials;
  throw new UserError(
    '--auth: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, which requests are to be signed with.',
  );
}
