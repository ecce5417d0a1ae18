/**
 * What the local Lambda's Function URL adds: the median time from request to answer on a warm environment, less the same
 * handler's time behind its Runtime API alone; and how much of it is due to the live page, while somebody looks at it. All
 * are measured in the same run, a round of the one after a round of the other.
 *
 *   npm run bench:local [-- rounds]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { EnvironmentPool } from '../local/environment/pool';
import { startFunctionUrl } from '../local/function-url/server';
import { LivePage } from '../local/page/page';
import { bundle, type Bundle } from './bundle';
import { ours } from './contenders';
import { functionUrlEvent } from './event';
import { withEnvironment } from './runtime/environment';
import { median } from './statistics';

const WARM_UP = 200;
const REQUESTS = 500;
const body = { message: 'Hello Background Tasks' };

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 5);
  const folder = await mkdtemp(join(tmpdir(), 'bench-local-'));
  try {
    const library = await bundle(ours, { folder });
    const runtimeApi: number[] = [];
    const functionUrl: number[] = [];
    const watched: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runtimeApi.push(median(await behindRuntimeApi(library)));
      functionUrl.push(median(await behindFunctionUrl(library)));
      watched.push(median(await behindWatchedUrl(library)));
    }
    console.log(`${rounds} rounds of ${REQUESTS} requests, one at a time: median`);
    console.log(`behind its Runtime API alone  ${median(runtimeApi).toFixed(2)} ms`);
    console.log(`through the Function URL      ${median(functionUrl).toFixed(2)} ms`);
    console.log(`difference                    ${(median(functionUrl) - median(runtimeApi)).toFixed(2)} ms`);
    console.log(`the same, with the page open  ${median(watched).toFixed(2)} ms`);
    for (const [name, medians] of Object.entries({ runtimeApi, functionUrl, watched })) {
      console.log(`rounds of ${name}: ${medians.map((milliseconds) => milliseconds.toFixed(2)).join(' ')}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function behindRuntimeApi(bundle: Bundle): Promise<number[]> {
  return withEnvironment(bundle, (environment) =>
    measure(async () => (await environment.invoke(functionUrlEvent(body))).answerMs),
  );
}

function behindFunctionUrl(bundle: Bundle): Promise<number[]> {
  return withFunctionUrl(bundle, undefined, measurePosts);
}

/** With the live page as `npm start` has it, and another process that reads what a browser would be sent. */
function behindWatchedUrl(bundle: Bundle): Promise<number[]> {
  const page = new LivePage();
  return withFunctionUrl(bundle, page, async (url, pool) => {
    const lambda = { pools: [pool], functionUrls: [], apiUrl: '', queuedEvents: () => [], eventFolder: 'events' };
    const server = await page.serve(lambda, { host: '127.0.0.1', port: 0 });
    const program = 'fetch(process.argv[1]).then(async ({ body }) => { for await (const _ of body) console.log(); })';
    const viewer = spawn(process.execPath, ['--eval', program, `${server.url}state`]);
    try {
      await once(viewer.stdout, 'data');
      viewer.stdout.resume();
      return await measurePosts(url);
    } finally {
      viewer.kill();
      await server.close();
    }
  });
}

async function withFunctionUrl<Result>(
  { definition, codeFolder }: Bundle,
  page: LivePage | undefined,
  use: (url: string, pool: EnvironmentPool) => Promise<Result>,
): Promise<Result> {
  const options = { codeFolder, region: 'us-east-1', onLog: () => undefined };
  const pool = new EnvironmentPool(definition, page?.listeningTo(options) ?? options);
  page?.addFunctions([pool]);
  const { logicalId } = definition;
  const url = {
    logicalId: `${logicalId}Url`,
    functionId: logicalId,
    authType: 'NONE',
    invokeMode: 'RESPONSE_STREAM',
  } as const;
  const address = { host: '127.0.0.1', port: 0, onExchange: page?.onExchange };
  const server = await startFunctionUrl({ pool, definition: url }, address);
  try {
    return await use(server.url, pool);
  } finally {
    await server.close();
    await pool.close();
  }
}

async function measurePosts(url: string): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  try {
    return await measure(() => post(url, agent));
  } finally {
    agent.destroy();
  }
}

async function measure(timed: () => Promise<number>): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let index = 0; index < WARM_UP + REQUESTS; index += 1) milliseconds.push(await timed());
  return milliseconds.slice(WARM_UP);
}

/** Milliseconds from the request to the last byte of the answer, on a connection that is kept. */
async function post(url: string, agent: Agent): Promise<number> {
  const startedAt = performance.now();
  const answer = await new Promise<Buffer>((resolve, reject) => {
    const exchange = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } });
    exchange.on('response', (response) => {
      buffer(response).then(resolve, reject);
    });
    exchange.on('error', reject).end(JSON.stringify(body));
  });
  const milliseconds = performance.now() - startedAt;
  if (!answer.includes('echoedMessage')) throw new Error(`Expected a greeting, received ${answer.toString()}`);
  return milliseconds;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
