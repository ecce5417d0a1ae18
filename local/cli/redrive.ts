import type { Writable } from 'node:stream';
import { EventQueue } from '../redrive/event-queue';
import { FailedQueue } from '../redrive/failed-queue';
import { type Outcome, redrive as redriveQueue } from '../redrive/redrive';
import { stopRequest } from './stop-request';

export interface RedriveOptions {
  /** Name, URL or ARN of the SQS queue that is the on-failure destination. */
  readonly queue: string;
  readonly execute: boolean;
}

/**
 * `npm run redrive`: queues again what has failed for good, or says what it would queue. A line for each event and the sums go to
 * `out`. Resolves to whether nothing was refused and nobody has stopped it.
 */
export async function redrive(
  { queue, execute }: RedriveOptions,
  { out, log }: { out: Writable; log: Writable },
): Promise<boolean> {
  const failed = await FailedQueue.open(queue);
  const events = new EventQueue();
  const signal = stopSignal(() => log.write('Stopping after the message in hand. Ctrl-C again ends at once.\n'));
  const sums = { redriven: 0, left: 0, failed: 0 };
  const words: Record<Outcome, string> = execute
    ? { redriven: 'redriven', left: 'left', failed: 'failed' }
    : { redriven: 'to redrive', left: 'to leave', failed: '' };
  const onOutcome = (outcome: Outcome, line: string) => {
    sums[outcome]++;
    out.write(`${words[outcome].padEnd(words.redriven.length)}  ${line}\n`);
  };
  const onWarning = (message: string) => log.write(`Warning: ${message}\n`);
  try {
    await redriveQueue({ failed, events, execute, signal, onOutcome, onWarning });
  } finally {
    const refused = execute
      ? `, ${sums.failed} failed`
      : '. All of them are still in the queue: --execute redrives them.';
    out.write(`${sums.redriven} ${words.redriven}, ${sums.left} ${words.left}${refused}\n`);
    failed.close();
    events.close();
  }
  return sums.failed === 0 && !signal.aborted;
}

function stopSignal(onStop: () => void): AbortSignal {
  const stop = new AbortController();
  stopRequest().then(
    () => {
      stop.abort();
      onStop();
    },
    () => undefined,
  );
  return stop.signal;
}
