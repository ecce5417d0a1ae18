import type { InvocationState } from '../state';
import { InvocationRow } from './invocation-row';
import { isOver } from './status';

interface ListProps {
  /** The newest first. */
  readonly invocations: readonly InvocationState[];
  readonly chosen: InvocationState | undefined;
  readonly dropped: number;
  readonly now: number;
}

export function InvocationList({ invocations, chosen, dropped, now }: ListProps) {
  const retried = new Set(invocations.filter(({ attempt }) => attempt > 1).map(({ requestId }) => requestId));
  return (
    <section class="panel" aria-labelledby="invocations">
      <h2 id="invocations">Invocations</h2>
      {invocations.length === 0 && <p class="note">None yet.</p>}
      <ol class="invocations" onKeyDown={moveByArrow}>
        {invocations.map((invocation, index) => (
          <InvocationRow
            key={invocation.id}
            invocation={invocation}
            isChosen={invocation === chosen}
            isOneOfSeveral={retried.has(invocation.requestId)}
            isNearTop={index < 30}
            now={isOver(invocation) ? 0 : now}
          />
        ))}
      </ol>
      {dropped > 0 && <p class="note">{`${dropped} older ${dropped === 1 ? 'one is' : 'ones are'} no longer kept.`}</p>}
    </section>
  );
}

/** The arrow keys go from row to row; each row is a link, so that Enter chooses it. */
function moveByArrow(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const { currentTarget } = event;
  if (step === 0 || !(currentTarget instanceof HTMLElement)) return;
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('.row')];
  const next = rows[rows.findIndex((row) => row === document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
