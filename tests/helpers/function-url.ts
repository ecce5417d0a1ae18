import { startFunctionUrl, type FunctionUrlOptions } from '../../local/function-url/server';
import type { FunctionUrlDefinition } from '../../local/template/definition';
import { closeLater, runningPool, type PoolOverrides, type RunningPool } from './running-pool';

export interface ServedFunction extends RunningPool {
  readonly url: string;
  /** What the Function URL had to warn of. */
  readonly warnings: readonly string[];
}

interface ServeOptions extends Pick<FunctionUrlOptions, 'auth' | 'limits'> {
  /** Beside AuthType NONE and RESPONSE_STREAM. */
  readonly config?: Partial<FunctionUrlDefinition>;
  readonly definition?: PoolOverrides;
}

/** The Function URL of one of the handlers in tests/fixtures/handlers, on a free port. */
export async function serveFunctionUrl(
  handler: string,
  { config = {}, definition = {}, ...options }: ServeOptions = {},
): Promise<ServedFunction> {
  const running = runningPool(handler, definition);
  const functionUrl: FunctionUrlDefinition = {
    logicalId: 'FixtureUrl',
    functionId: 'Fixture',
    ...(definition.alias !== undefined && { qualifier: definition.alias }),
    authType: 'NONE',
    invokeMode: 'RESPONSE_STREAM',
    ...config,
  };
  const warnings: string[] = [];
  const onWarning = (message: string): void => {
    warnings.push(message);
  };
  const target = { pool: running.pool, definition: functionUrl };
  const started = await startFunctionUrl(target, { host: '127.0.0.1', port: 0, onWarning, ...options });
  return { ...running, url: closeLater(started).url, warnings };
}
