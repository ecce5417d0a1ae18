import { markdownTable } from '../page/section';
import { type Capacity, inTheSameInvocation, type Load, type QueueOptions, throughQueue } from './model';
import type { Prices } from './prices';

/** One load carried in three ways: the work in the same invocation, or by a worker behind SQS, with and without batches. */
export function capacityTable(load: Load, queue: QueueOptions, prices: Prices): string {
  const ways: [string, Capacity][] = [
    ['in the same invocation', inTheSameInvocation(load, prices)],
    ['SQS and a worker, one message an invocation', throughQueue(load, { ...queue, batchSize: 1 }, prices)],
  ];
  if (queue.batchSize > 1) {
    ways.push([`SQS and a worker, full batches of ${queue.batchSize}`, throughQueue(load, queue, prices)]);
  }
  return markdownTable(
    ['', 'environments held', 'reserved concurrency', 'USD a month'],
    ways.map(([name, { environments, reservedConcurrency, monthlyCost }]) => [
      name,
      number(environments, 1),
      number(reservedConcurrency, 0),
      number(monthlyCost, 2),
    ]),
  );
}

function number(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
