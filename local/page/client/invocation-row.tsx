import { Component } from 'preact';
import type { InvocationState } from '../state';
import { duration, shortId, timeOfDay } from './format';
import { StatusLabel } from './status';
import { Track } from './timeline/track';

interface RowProps {
  readonly invocation: InvocationState;
  readonly isChosen: boolean;
  /** Whether its event has been tried more than once. */
  readonly isOneOfSeveral: boolean;
  /** Where it is likely to be in sight. */
  readonly isNearTop: boolean;
  /** 0 for one that is over. */
  readonly now: number;
}

/**
 * One that has not changed is not rendered again, and one that is out of sight not because time goes on. Hundreds come and go
 * unseen where invocations follow fast: until it comes into sight, a row has no more than its words.
 */
export class InvocationRow extends Component<RowProps> {
  #isInSight = this.props.isNearTop;
  #wasInSight = this.#isInSight;
  #element: Element | undefined;

  override shouldComponentUpdate({ invocation, isChosen, isOneOfSeveral, now }: RowProps): boolean {
    if (invocation !== this.props.invocation || isChosen !== this.props.isChosen) return true;
    if (isOneOfSeveral !== this.props.isOneOfSeveral) return true;
    return now !== this.props.now && this.#isInSight;
  }

  override componentWillUnmount(): void {
    if (this.#element) sight.unobserve(this.#element);
  }

  setInSight(isInSight: boolean): void {
    const hasComeIntoSight = isInSight && !this.#isInSight;
    this.#isInSight = isInSight;
    this.#wasInSight ||= isInSight;
    if (hasComeIntoSight) this.forceUpdate();
  }

  readonly #observe = (item: HTMLLIElement | null): void => {
    if (!item) return;
    this.#element = item;
    rowOf.set(item, this);
    sight.observe(item);
  };

  render({ invocation, isChosen, isOneOfSeveral, now }: RowProps) {
    const { id, status } = invocation;
    return (
      <li ref={this.#observe}>
        <a class="row" href={`#${id}`} aria-current={isChosen ? 'true' : undefined} data-status={status}>
          {this.#wasInSight ? (
            <RowContent invocation={invocation} isOneOfSeveral={isOneOfSeveral} now={now} />
          ) : (
            `${status} ${titleOf(invocation, isOneOfSeveral)}`
          )}
        </a>
      </li>
    );
  }
}

const rowOf = new WeakMap<Element, InvocationRow>();

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) rowOf.get(target)?.setInSight(isIntersecting);
});

function RowContent({ invocation, isOneOfSeveral, now }: Pick<RowProps, 'invocation' | 'isOneOfSeveral' | 'now'>) {
  const { status, receivedAt, requestId, httpStatus, functionName } = invocation;
  return (
    <>
      <span class="row-head">
        <StatusLabel status={status} />
        <span class="row-title">{titleOf(invocation, isOneOfSeveral)}</span>
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
    </>
  );
}

const titleOf = ({ title, attempt }: InvocationState, isOneOfSeveral: boolean): string =>
  isOneOfSeveral ? `${title} (attempt ${attempt})` : title;

function timesOf({ receivedAt, answeredAt, endedAt, startedAt }: InvocationState, now: number): string {
  if (startedAt === undefined && endedAt !== undefined) return 'never began';
  if (answeredAt === undefined) return duration((endedAt ?? now) - receivedAt);
  const background = (endedAt ?? now) - answeredAt;
  return `answered ${duration(answeredAt - receivedAt)} + background ${duration(background)}`;
}
