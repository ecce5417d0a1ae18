/**
 * Measures this library against a bare handler and its peers, and writes docs/benchmarks.md.
 *
 *   npm run bench [-- --short | --profile <handler>]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { type BenchResults, measureEverything } from './measure/everything';
import { describeMachine, machineLoad } from './page/machine';
import { benchmarkPage, writePage } from './page/page';
import type { Section } from './page/section';
import { profile } from './profile';
import { full, short } from './sizes';
import { spread } from './statistics';

interface Options {
  readonly short?: boolean;
  readonly profile?: string;
}

const program = new Command('bench')
  .description('Measures this library against a bare handler and its peers, and writes docs/benchmarks.md.')
  .option('--short', 'Only check that every measurement works and every answer is right, in seconds; write no page.')
  .option('--profile <handler>', 'Only profile one of bench/handlers, for instance background-tasks.ts.')
  .action(async (options: Options) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    try {
      await run(folder, options);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

async function run(folder: string, options: Options): Promise<void> {
  if (options.profile !== undefined) {
    console.log(await profile(options.profile, folder, { events: 20_000, rows: 50 }));
    return;
  }
  const startedAt = performance.now();
  const loadBefore = machineLoad();
  const results = await measureEverything(folder, options.short === true ? short : full, (what) => {
    console.log(what);
  });
  const load = { before: loadBefore, after: machineLoad() };
  const page = benchmarkPage(results, describeMachine(new Date(), load));
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  console.log(`Every answer was right. ${seconds} s`);
  if (options.short !== true) await publish(page, results);
}

/** Writes no page of a run that noise has made; prints it instead, and fails. */
async function publish(page: Section, results: BenchResults): Promise<void> {
  const spreadNow = spreadOfBare(results);
  if (spreadNow <= widestSpread) {
    await writePage(resolve(__dirname, '../docs'), page);
    console.log('Wrote docs/benchmarks.md.');
    return;
  }
  console.log(page.text);
  throw new Error(
    `Expected the bare handler to spread by ${percent(widestSpread)} at most between rounds, it did by ` +
      `${percent(spreadNow)}: the machine is too busy, and docs/benchmarks.md stays as it was`,
  );
}

const widestSpread = 0.1;

function spreadOfBare({ contenders }: BenchResults): number {
  const bare = contenders.find(({ role }) => role === 'bare');
  return spread(bare?.warm.map(({ answerP50 }) => answerP50) ?? []);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
