import { EventEmitter, once } from 'node:events';
import type { EventQueueOptions } from '../../local/lambda-api/event-queue/queue';
import { startLambdaApi, type LambdaApi } from '../../local/lambda-api/server';
import { folderWith } from './folder-with';
import { closeLater, runningPool, type PoolOverrides, type RunningPool } from './running-pool';

export interface ServedApi extends RunningPool, Pick<LambdaApi, 'queuedEvents'> {
  readonly api: string;
  readonly close: () => Promise<void>;
  /** What the Lambda API had to tell. */
  readonly notices: readonly string[];
  /** Resolves to the first of them that has this text. */
  readonly noticed: (text: string) => Promise<string>;
  readonly recordFolder: string;
}

export interface ServedApiOptions {
  readonly events?: EventQueueOptions;
  /** Served beside the function itself. */
  readonly others?: readonly RunningPool[];
}

/** The Lambda API with one of the handlers in tests/fixtures/handlers, as the function `Fixture`, on a free port. */
export async function served(
  handler: string,
  overrides: PoolOverrides = {},
  { events = {}, others = [] }: ServedApiOptions = {},
): Promise<ServedApi> {
  const running = runningPool(handler, overrides);
  const notices: string[] = [];
  const recordFolder = await folderWith({});
  const pools = [running, ...others].map(({ pool }) => pool);
  const told = new EventEmitter<{ notice: [string] }>();
  const noticed = async (text: string): Promise<string> => {
    for (;;) {
      const notice = notices.find((message) => message.includes(text));
      if (notice !== undefined) return notice;
      await once(told, 'notice');
    }
  };
  const onNotice = (message: string): void => {
    notices.push(message);
    told.emit('notice', message);
  };
  const lambda = await startLambdaApi(pools, { host: '127.0.0.1', port: 0, events, recordFolder, onNotice });
  closeLater(lambda);
  const { url: api, queuedEvents } = lambda;
  return { ...running, api, queuedEvents, close: () => lambda.close(), notices, noticed, recordFolder };
}

export const invoke = (
  api: string,
  payload: unknown = {},
  {
    name = 'Fixture',
    query = '',
    headers = {},
  }: { name?: string; query?: string; headers?: Record<string, string> } = {},
): Promise<Response> =>
  fetch(`${api}/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`, {
    method: 'POST',
    headers,
    body: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

export const asType = (type: string) => ({ headers: { 'x-amz-invocation-type': type } });
