import { Component } from 'preact';
import type { InvocationState } from '../state';
import { duration, shortId, timeOfDay } from './format';
import { isOver, StatusLabel } from './status';
import { Track } from './timeline/track';

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
        {invocations.map((invocation) => (
          <Row
            key={invocation.id}
            invocation={invocation}
            isChosen={invocation === chosen}
            isOneOfSeveral={retried.has(invocation.requestId)}
            now={isOver(invocation) ? 0 : now}
          />
        ))}
      </ol>
      {dropped > 0 && <p class="note">{`${dropped} older ${dropped === 1 ? 'one is' : 'ones are'} no longer kept.`}</p>}
    </section>
  );
}

interface RowProps {
  readonly invocation: InvocationState;
  readonly isChosen: boolean;
  /** Whether its event has been tried more than once. */
  readonly isOneOfSeveral: boolean;
  /** 0 for one that is over. */
  readonly now: number;
}

/** One that has not changed is not rendered again, and one that is out of sight not because time goes on. */
class Row extends Component<RowProps> {
  #isInSight = true;

  readonly #sight = new IntersectionObserver((entries) => {
    const wasInSight = this.#isInSight;
    this.#isInSight = entries.at(-1)?.isIntersecting ?? true;
    if (this.#isInSight && !wasInSight) this.forceUpdate();
  });

  override shouldComponentUpdate({ invocation, isChosen, isOneOfSeveral, now }: RowProps): boolean {
    if (invocation !== this.props.invocation || isChosen !== this.props.isChosen) return true;
    if (isOneOfSeveral !== this.props.isOneOfSeveral) return true;
    return now !== this.props.now && this.#isInSight;
  }

  override componentWillUnmount(): void {
    this.#sight.disconnect();
  }

  readonly #observe = (item: HTMLLIElement | null): void => {
    this.#sight.disconnect();
    if (item) this.#sight.observe(item);
  };

  render({ invocation, isChosen, isOneOfSeveral, now }: RowProps) {
    const { id, title, status, receivedAt, requestId, attempt, httpStatus, functionName } = invocation;
    return (
      <li ref={this.#observe}>
        <a class="row" href={`#${id}`} aria-current={isChosen ? 'true' : undefined} data-status={status}>
          <span class="row-head">
            <StatusLabel status={status} />
            <span class="row-title">
              {title}
              {isOneOfSeveral && ` (attempt ${attempt})`}
            </span>
            {httpStatus !== undefined && (
              <span class="http" data-refused={httpStatus >= 400}>
                {httpStatus}
              </span>
            )}
          </span>
          <Track invocation={invocation} now={now} />
          <span class="row-foot">
            <span title={functionName}>{`${timeOfDay(receivedAt)}  ${shortId(requestId)}`}</span>
            <span>{timesOf(invocation, now)}</span>
          </span>
        </a>
      </li>
    );
  }
}

function timesOf({ receivedAt, answeredAt, endedAt, startedAt }: InvocationState, now: number): string {
  if (startedAt === undefined && endedAt !== undefined) return 'never began';
  if (answeredAt === undefined) return duration((endedAt ?? now) - receivedAt);
  const background = (endedAt ?? now) - answeredAt;
  return `answered ${duration(answeredAt - receivedAt)} + background ${duration(background)}`;
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
