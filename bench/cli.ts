/**
 * Measures this library against a bare handler and its peers, and writes docs/benchmarks.md.
 *
 *   npm run bench [-- --short | --profile <handler>]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { measureEverything } from './measure/everything';
import { describeMachine } from './page/machine';
import { benchmarkPage, writePage } from './page/page';
import { profile } from './profile';
import { full, short } from './sizes';

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
    console.log(await profile(options.profile, folder));
    return;
  }
  const startedAt = performance.now();
  const results = await measureEverything(folder, options.short === true ? short : full, (what) => {
    console.log(what);
  });
  const page = benchmarkPage(results, describeMachine(new Date()));
  if (options.short !== true) await writePage(resolve(__dirname, '../docs'), page);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  console.log(`Every answer was right. ${options.short === true ? '' : 'Wrote docs/benchmarks.md. '}${seconds} s`);
}

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
