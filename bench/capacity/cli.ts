/**
 * How many execution environments a load holds, what to reserve for it, and what it costs in a month, beside the same
 * load through SQS with a worker.
 *
 *   npm run capacity -- --rps 50 --background 10 --memory 128
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { capacityTable } from './capacity-table';
import { type Architecture, listPrices } from './prices';

interface Options {
  readonly rps: number;
  readonly background: number;
  readonly memory: number;
  readonly architecture: Architecture;
  readonly response: number;
  readonly throttled: number;
  readonly send: number;
  readonly batch: number;
}

new Command('capacity')
  .description('What a steady load takes on AWS Lambda, with the work after the answer or through SQS with a worker.')
  .requiredOption('--rps <number>', 'requests a second', positive)
  .requiredOption('--background <seconds>', 'background work of one request', positive)
  .option('--memory <MB>', 'memory of the function', positive, 128)
  .addOption(
    new Option('--architecture <name>', 'processor architecture').choices(['arm64', 'x86_64']).default('arm64'),
  )
  .option('--response <seconds>', 'from the start of an invocation to its answer', positive, 0.01)
  .option('--throttled <share>', 'share of requests that may get a 429', share, 0.001)
  .option('--send <seconds>', 'what sending a message to SQS adds to the answer', positive, 0.01)
  .option('--batch <messages>', 'messages a batch of the worker, worked on side by side', positive, 10)
  .action((options: Options) => {
    console.log(
      capacityTable(
        {
          requestsPerSecond: options.rps,
          responseSeconds: options.response,
          backgroundSeconds: options.background,
          memoryMb: options.memory,
          architecture: options.architecture,
          throttledShare: options.throttled,
        },
        { sendSeconds: options.send, batchSize: options.batch },
        listPrices,
      ),
    );
  })
  .parse();

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('Expected a number above 0.');
  return number;
}

function share(value: string): number {
  const number = positive(value);
  if (number >= 1) throw new InvalidArgumentError('Expected a share between 0 and 1.');
  return number;
}
