import { AwsCallError } from './aws-call';
import { describeEvent, oneLine } from './describe-event';
import type { EventQueue } from './event-queue';
import { type FailedEvent, NoFailedEventError, readFailedEvent } from './failed-event';
import { type FailedQueue, HIDDEN_SECONDS, type Message } from './failed-queue';
import { reasonOf, UserError } from '../user-error';

export interface RedriveOptions {
  readonly failed: FailedQueue;
  readonly events: EventQueue;
  /** False: says what it would do, and takes nothing out. Each message counts as received once more all the same. */
  readonly execute: boolean;
  /** Once it is aborted, the message in hand is finished, and no other begun. */
  readonly signal: AbortSignal;
  /** Called with each message's outcome, and a line that tells of it. */
  readonly onOutcome: (outcome: Outcome, line: string) => void;
  readonly onWarning: (message: string) => void;
}

/**
 * `redriven`: queued again and deleted, or what would be. `left`: no failed event, or one that has failed again meanwhile.
 * `failed`: Lambda has refused it, and it stays.
 */
export type Outcome = 'redriven' | 'left' | 'failed';

/**
 * Puts each event of the on-failure queue back onto Lambda's event queue, one at a time, and deletes its message once Lambda has
 * accepted it. What stays is visible again at the end, or at the latest after five minutes. A failure that the next event would
 * meet too rejects it, with a UserError.
 */
export async function redrive(options: RedriveOptions): Promise<void> {
  const { failed, execute, signal, onOutcome, onWarning } = options;
  // Hidden until the end, so that each is received once.
  const staying = new Map<string, string>();
  const requestIds = new Set<string>();
  let knownInARow = 0;
  try {
    // When a run outlasts the time for which messages are hidden, they come again: in the end nothing else does.
    while (!signal.aborted && knownInARow <= staying.size) {
      const messages = await failed.receive(execute ? 1 : 10);
      if (messages.length === 0) break;
      for (const message of messages) {
        const isKnown = staying.has(message.id);
        staying.set(message.id, message.receipt);
        knownInARow = isKnown ? knownInARow + 1 : 0;
        if (isKnown) continue;
        const { outcome, line } = await redriveOne(message, requestIds, options);
        if (outcome === 'redriven' && execute) staying.delete(message.id);
        onOutcome(outcome, line);
      }
    }
  } finally {
    await failed.release(staying.values()).catch((error: unknown) => {
      onWarning(`What stays in the queue is hidden for up to ${HIDDEN_SECONDS / 60} minutes: ${reasonOf(error)}`);
    });
  }
}

async function redriveOne(
  message: Message,
  requestIds: Set<string>,
  { failed, events, execute }: RedriveOptions,
): Promise<{ outcome: Outcome; line: string }> {
  const event = eventIn(message);
  if (event instanceof NoFailedEventError) {
    return { outcome: 'left', line: `message ${message.id}: ${event.message}` };
  }
  const line = describeEvent(event);
  // Where nothing is tried again it may be here within the second: without this a redrive would never end.
  if (requestIds.has(event.requestId)) return { outcome: 'left', line: `${line}; redriven, it has failed again` };
  if (!execute) return { outcome: 'redriven', line };
  try {
    requestIds.add((await events.put(event)) ?? '');
  } catch (error) {
    if (!(error instanceof AwsCallError && error.isOfThisRequest)) throw error;
    return { outcome: 'failed', line: `${line}; ${oneLine(error.message)}` };
  }
  await remove(message, line, failed);
  return { outcome: 'redriven', line };
}

function eventIn({ body }: Message): FailedEvent | NoFailedEventError {
  try {
    return readFailedEvent(body);
  } catch (error) {
    if (error instanceof NoFailedEventError) return error;
    throw error;
  }
}

async function remove(message: Message, line: string, failed: FailedQueue): Promise<void> {
  try {
    await failed.delete(message);
  } catch (cause) {
    // To go on would queue every event twice.
    throw new UserError(
      `Queued again, but message ${message.id} is still in the queue (${line}). Delete it, or it runs once more. ${reasonOf(cause)}`,
      { cause },
    );
  }
}
