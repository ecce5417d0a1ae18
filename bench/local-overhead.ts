/**
 * What the local Lambda's Function URL adds: the median time from request to answer on a warm environment, less the same
 * handler's time behind its Runtime API alone; and how much of it is due to the live page, open in a browser, against no
 * live page and the same browser at an empty one. All are measured in the same run, a round of the one after a round of the
 * other. The time of a processor that this process, the local Lambda and its caller, takes for a request tells the same where
 * a browser and others share the processors.
 *
 *   npm run bench:local [-- rounds]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { EnvironmentPool } from '../local/environment/pool';
import { startFunctionUrl } from '../local/function-url/server';
import { LivePage } from '../local/page/page';
import { chromiumPath, startBrowser } from '../tests/helpers/browser';
import { bundle, type Bundle } from './bundle';
import { ours } from './contenders';
import { functionUrlEvent } from './event';
import { withEnvironment } from './runtime/environment';
import { estimateRatio, median, type Estimate } from './statistics';

const WARM_UP = 500;
const REQUESTS = 1_000;
const body = { message: 'Hello Background Tasks' };

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 8);
  const folder = await mkdtemp(join(tmpdir(), 'bench-local-'));
  const browser = chromiumPath === undefined ? undefined : await startBrowser();
  try {
    const tab = await browser?.newPage();
    const library = await bundle(ours, { folder });
    const runtimeApi: Round[] = [];
    const functionUrl: Round[] = [];
    const watched: Round[] = [];
    const measures = [
      async () => runtimeApi.push(await behindRuntimeApi(library)),
      async () => functionUrl.push(await behindFunctionUrl(library)),
      async () => tab && watched.push(await behindWatchedUrl(library, tab)),
    ];
    for (let round = 0; round < rounds; round += 1) {
      // What comes later in a round finds a warmer process here.
      for (const measure of round % 2 === 0 ? measures : measures.toReversed()) await measure();
    }
    console.log(`${rounds} rounds of ${REQUESTS} requests, one at a time: median of ms, and of ms of a processor here`);
    show('behind its Runtime API alone', runtimeApi);
    show('through the Function URL', functionUrl);
    if (!tab) {
      console.log('*** With the page open: NOT MEASURED, there is no Chromium (CHROMIUM=<path> names one). ***');
      return;
    }
    show('the same, with the page open', watched);
    const timesOf = (of: readonly Round[]) => of.map(({ answer }) => answer);
    const overheadsOf = (of: readonly Round[]) =>
      of.map(({ answer }, round) => answer - (runtimeApi[round]?.answer ?? 0));
    compare('all of the time', estimateRatio(timesOf(watched), timesOf(functionUrl)));
    compare('the overhead', estimateRatio(overheadsOf(watched), overheadsOf(functionUrl)));
  } finally {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Round {
  /** Milliseconds from request to answer, the median. */
  readonly answer: number;
  /** Milliseconds of a processor that this process has taken for each request. */
  readonly processor: number;
}

function show(name: string, rounds: readonly Round[]): void {
  const column = (of: keyof Round) => {
    const values = rounds.map((round) => round[of]);
    return `${median(values).toFixed(2)} (${values.map((value) => value.toFixed(2)).join(' ')})`;
  };
  console.log(`${name.padEnd(29)} ${column('answer')}  ${column('processor')}`);
}

function compare(what: string, { value, low, high }: Estimate): void {
  const interval = `95%: ${low.toFixed(2)} to ${high.toFixed(2)}`;
  console.log(`with the page open, over without: ${value.toFixed(2)} (${interval}) of ${what}`);
}

function behindRuntimeApi(bundle: Bundle): Promise<Round> {
  return withEnvironment(bundle, (environment) =>
    measure(async () => (await environment.invoke(functionUrlEvent(body))).answerMs),
  );
}

function behindFunctionUrl(bundle: Bundle): Promise<Round> {
  return withFunctionUrl(bundle, undefined, measurePosts);
}

/** With the live page as `npm start` has it, open in a browser, which follows the newest invocation. */
function behindWatchedUrl(bundle: Bundle, tab: Page): Promise<Round> {
  const page = new LivePage();
  return withFunctionUrl(bundle, page, async (url, pool) => {
    const lambda = { pools: [pool], functionUrls: [], apiUrl: '', queuedEvents: () => [], eventFolder: 'events' };
    const server = await page.serve(lambda, { host: '127.0.0.1', port: 0 });
    try {
      await tab.goto(server.url);
      await tab.getByText('Live', { exact: true }).waitFor();
      await settle();
      return await measurePosts(url);
    } finally {
      await tab.goto('about:blank');
      await server.close();
      await settle();
    }
  });
}

/** Whoever opens another page in a browser has it busy for a while, with a process for the one after it for instance. */
const settle = (): Promise<void> => sleep(3_000);

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

async function measurePosts(url: string): Promise<Round> {
  const agent = new Agent({ keepAlive: true });
  try {
    return await measure(() => post(url, agent));
  } finally {
    agent.destroy();
  }
}

async function measure(timed: () => Promise<number>): Promise<Round> {
  for (let index = 0; index < WARM_UP; index += 1) await timed();
  const milliseconds: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < REQUESTS; index += 1) milliseconds.push(await timed());
  const { user, system } = process.cpuUsage(before);
  return { answer: median(milliseconds), processor: (user + system) / 1_000 / REQUESTS };
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
