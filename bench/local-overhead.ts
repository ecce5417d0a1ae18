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
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { EnvironmentPool } from '../local/environment/pool';
import { startFunctionUrl } from '../local/function-url/server';
import { LivePage } from '../local/page/page';
import { chromiumPath, startBrowser } from '../tests/helpers/browser';
import { bundle, type Bundle } from './bundle';
import { ours } from './contenders';
import { functionUrlEvent } from './event';
import { body, measure, measurePosts, REQUESTS, type Round } from './measure/requests';
import { withEnvironment } from './runtime/environment';
import { estimateRatio, median, type Estimate } from './statistics';

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 12);
  const folder = await mkdtemp(join(tmpdir(), 'bench-local-'));
  const browser = chromiumPath === undefined ? undefined : await startBrowser();
  try {
    const library = await bundle(ours, { folder });
    const tab = await browser?.newPage();
    await withEnvironment(library, (environment) =>
      withFunctionUrl(library, undefined, (url) =>
        withWatchedUrl(library, async (watchedUrl, pageUrl) => {
          const runtimeApi: Round[] = [];
          const functionUrl: Round[] = [];
          const watched: Round[] = [];
          const invoke = async () => (await environment.invoke(functionUrlEvent(body))).answerMs;
          const measures = [
            async () => runtimeApi.push(await measure(invoke)),
            async () => functionUrl.push(await measurePosts(url)),
            async () => tab && watched.push(await withPageOpen(tab, pageUrl, () => measurePosts(watchedUrl))),
          ];
          for (let round = 0; round < rounds; round += 1) {
            // What comes later in a round finds a warmer process here.
            for (const take of round % 2 === 0 ? measures : measures.toReversed()) await take();
          }
          show(runtimeApi, functionUrl, watched);
        }),
      ),
    );
  } finally {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function show(runtimeApi: readonly Round[], functionUrl: readonly Round[], watched: readonly Round[]): void {
  const { length } = runtimeApi;
  console.log(`${length} rounds of ${REQUESTS} requests, one at a time: median of ms, and of ms of a processor here`);
  showRow('behind its Runtime API alone', runtimeApi);
  showRow('through the Function URL', functionUrl);
  if (watched.length === 0) {
    console.log('*** With the page open: NOT MEASURED, there is no Chromium (CHROMIUM=<path> names one). ***');
    return;
  }
  showRow('the same, with the page open', watched);
  const timesOf = (rounds: readonly Round[]) => rounds.map(({ answer }) => answer);
  const [alone, without, withPage] = [timesOf(runtimeApi), timesOf(functionUrl), timesOf(watched)];
  const lessAlone = (times: readonly number[]) => times.map((time, round) => time - (alone[round] ?? Number.NaN));
  showRatio('all of the time', estimateRatio(withPage, without));
  showRatio('what the local Lambda adds', estimateRatio(lessAlone(withPage), lessAlone(without)));
}

function showRow(name: string, rounds: readonly Round[]): void {
  const column = (of: keyof Round) => {
    const values = rounds.map((round) => round[of]);
    return `${median(values).toFixed(2)} (${values.map((value) => value.toFixed(2)).join(' ')})`;
  };
  console.log(`${name.padEnd(29)} ${column('answer')}  ${column('processor')}`);
}

function showRatio(what: string, { value, low, high }: Estimate): void {
  const interval = `95%: ${low.toFixed(2)} to ${high.toFixed(2)}`;
  console.log(`with the page open, over without: ${value.toFixed(2)} (${interval}) of ${what}`);
}

/** With the live page as `npm start` has it. */
function withWatchedUrl(bundle: Bundle, use: (url: string, pageUrl: string) => Promise<void>): Promise<void> {
  const page = new LivePage();
  return withFunctionUrl(bundle, page, async (url, pool) => {
    const lambda = { pools: [pool], functionUrls: [], apiUrl: '', queuedEvents: () => [], eventFolder: 'events' };
    const server = await page.serve(lambda, { host: '127.0.0.1', port: 0 });
    try {
      await use(url, server.url);
    } finally {
      await server.close();
    }
  });
}

async function withFunctionUrl(
  { definition, codeFolder }: Bundle,
  page: LivePage | undefined,
  use: (url: string, pool: EnvironmentPool) => Promise<void>,
): Promise<void> {
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
    await use(server.url, pool);
  } finally {
    await server.close();
    await pool.close();
  }
}

/** Opened in a browser, which follows the newest invocation, and left for an empty page. */
async function withPageOpen(tab: Page, pageUrl: string, use: () => Promise<Round>): Promise<Round> {
  await tab.goto(pageUrl);
  await tab.getByText('Live', { exact: true }).waitFor();
  await settle();
  const round = await use();
  await tab.goto('about:blank');
  await settle();
  return round;
}

/** A browser is busy for a while when another page was opened in it: with a process for the one after it, for instance. */
const settle = (): Promise<void> => sleep(3_000);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
