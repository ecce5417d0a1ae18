import type { QueuedEventState } from '../../lambda-api/event-queue/queued-event';
import type { InvocationState } from '../state';
import { duration, shortId } from './format';

interface QueueProps {
  readonly queue: readonly QueuedEventState[];
  /** In order of arrival. */
  readonly invocations: ReadonlyMap<string, InvocationState>;
  readonly now: number;
}

/** The asynchronous invocations that wait for their next attempt, or run. */
export function Queue({ queue, invocations, now }: QueueProps) {
  const lastAttempts = new Map([...invocations.values()].map(({ requestId, id }) => [requestId, id]));
  return (
    <section class="panel" aria-labelledby="queue">
      <h2 id="queue">Event queue</h2>
      <ul class="queue">
        {queue.slice(0, 20).map((event) => (
          <li key={event.requestId}>
            <a href={`#${lastAttempts.get(event.requestId) ?? event.requestId}`}>{shortId(event.requestId)}</a>
            <span>{event.functionName}</span>
            <span class="queue-next">{stateOf(event, now)}</span>
          </li>
        ))}
      </ul>
      {queue.length > 20 && <p class="note">{queue.length - 20} more wait.</p>}
    </section>
  );
}

function stateOf({ attempts, attemptsLeft, nextAttemptAt }: QueuedEventState, now: number): string {
  const left = `${attemptsLeft} ${attemptsLeft === 1 ? 'attempt' : 'attempts'} left`;
  if (nextAttemptAt === undefined) return `attempt ${attempts} runs, ${left}`;
  return `next in ${duration(Math.max(nextAttemptAt - now, 0))}, ${left}`;
}
