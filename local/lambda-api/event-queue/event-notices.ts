import { shortId } from '../../log/readable-platform-line';
import type { Outcome } from './destination-record';
import type { QueuedEvent } from './queued-event';

/** `Event 0b5f2c1e of Hello: attempt 1 failed, tried again in 60 s, 2 attempts left.` AWS says nothing of it. */
export function triedAgain(event: QueuedEvent, delay: number): string {
  const left = `${attempts(event.attemptsLeft)} left`;
  return `${nameOf(event)}: attempt ${event.attempts} failed, tried again in ${delay / 1_000} s, ${left}.`;
}

/** `Event 0b5f2c1e of Hello: given up after 3 attempts; no OnFailure destination, so the event is gone.` */
export function givenUp(event: QueuedEvent, { condition }: Outcome): string {
  const why = reasons[condition];
  const { onFailure } = event;
  const end =
    onFailure === undefined ? 'no OnFailure destination, so the event is gone' : `its record goes to ${onFailure}`;
  return `${nameOf(event)}: given up after ${attempts(event.attempts)}${why}; ${end}.`;
}

const nameOf = ({ invocation, pool }: QueuedEvent): string =>
  `Event ${shortId(invocation.requestId)} of ${pool.definition.name}`;

const attempts = (count: number): string => `${count} ${count === 1 ? 'attempt' : 'attempts'}`;

/** Where it is not that the last attempt failed. */
const reasons: Readonly<Record<Outcome['condition'], string>> = {
  Success: '',
  RetriesExhausted: '',
  EventAgeExceeded: ', since it would be too old for the next',
  ZeroReservedConcurrency: ', since the reserved concurrency is 0',
  RecursiveInvocation: ', since the function goes on invoking itself',
};
