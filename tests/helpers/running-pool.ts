import { join } from 'node:path';
import { EnvironmentPool, type EnvironmentPoolOptions } from '../../local/environment/pool';
import type { LogLine } from '../../local/log/platform-log';
import type { EventConfig, FunctionDefinition } from '../../local/template/definition';

export const handlersFolder = join(__dirname, '../fixtures/handlers');

export interface RunningPool {
  readonly pool: EnvironmentPool;
  /** What has been logged so far. */
  readonly lines: readonly LogLine[];
  /** Resolves to the first line that contains this text, logged already or later. */
  readonly logged: (text: string) => Promise<LogLine>;
}

/** The event settings are those of the alias, where there is one, as SAM has it. */
export type PoolOverrides = Partial<FunctionDefinition> &
  Partial<Omit<EventConfig, 'qualifier'>> & { readonly alias?: string };

const open = new Set<{ close(): Promise<void> }>();

/** A pool for one of the handlers in tests/fixtures/handlers; `closeAll` belongs into afterEach. */
export function runningPool(
  handler: string,
  { alias, eventRetries, eventAge, onSuccess, onFailure, ...overrides }: PoolOverrides = {},
  options: Partial<EnvironmentPoolOptions> = {},
): RunningPool {
  const lines: LogLine[] = [];
  const waiting = new Set<{ text: string; resolve: (line: LogLine) => void }>();
  const eventConfig: EventConfig = {
    qualifier: alias ?? '$LATEST',
    ...(eventRetries !== undefined && { eventRetries }),
    ...(eventAge !== undefined && { eventAge }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onFailure !== undefined && { onFailure }),
  };
  const definition: FunctionDefinition = {
    logicalId: 'Fixture',
    name: 'Fixture',
    handler,
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    timeout: 30,
    memorySize: 128,
    environment: {},
    codeUri: handlersFolder,
    aliases: alias === undefined ? [] : [alias],
    eventConfigs: [eventConfig],
    warnings: [],
    ...overrides,
  };
  const pool = new EnvironmentPool(definition, {
    codeFolder: handlersFolder,
    region: 'us-east-1',
    ...options,
    onLog: (line) => {
      lines.push(line);
      for (const wait of waiting) {
        if (!line.text.includes(wait.text)) continue;
        waiting.delete(wait);
        wait.resolve(line);
      }
    },
  });
  const logged = (text: string): Promise<LogLine> => {
    const line = lines.find((before) => before.text.includes(text));
    return line ? Promise.resolve(line) : new Promise((resolve) => waiting.add({ text, resolve }));
  };
  closeLater(pool);
  return { pool, lines, logged };
}

/** Remembers what `closeAll` closes. */
export function closeLater<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  open.add(closable);
  return closable;
}

export async function closeAll(): Promise<void> {
  const closing = [...open].reverse();
  open.clear();
  for (const closable of closing) await closable.close();
}

export const event = (value: unknown): { payload: Buffer } => ({ payload: Buffer.from(JSON.stringify(value)) });
