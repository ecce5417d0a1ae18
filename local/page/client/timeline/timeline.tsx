import type { ComponentChildren } from 'preact';
import type { InvocationState } from '../../state';
import { duration } from '../format';
import { summaryOf } from '../status';
import { extentOf, ticks, timelineParts, type Segment, type TaskBar } from './timeline-parts';

const mostTasks = 30;

/** The timeline of the chosen invocation: the caller, the function, and a lane for each task that is known. */
export function Timeline({ invocation, now }: { readonly invocation: InvocationState; readonly now: number }) {
  const parts = timelineParts(invocation, now);
  const extent = extentOf(parts, invocation.timeout);
  const at = (milliseconds: number): string => `${(100 * milliseconds) / extent}%`;
  const { answered, reserve, timeout } = parts;
  const width = (from: number, to: number) => ({ left: at(from), width: at(to - from) });
  const waited = answered ?? parts.reached;
  const tasks = parts.tasks.slice(0, mostTasks);
  return (
    <figure class="timeline" data-status={invocation.status}>
      <div class="lanes" role="img" aria-label={`Timeline: ${summaryOf(invocation, now)}`}>
        <div class="grid" aria-hidden="true">
          {ticks(extent, 6).map((tick) => (
            <span key={tick} class="tick" style={{ left: at(tick) }}>
              {tick / extent < 0.93 && (tick === 0 ? '0' : duration(tick))}
            </span>
          ))}
          <Mark name="reserve" at={reserve} extent={extent} title="signal aborts" />
          <Mark name="timeout" at={timeout} extent={extent} title={`timeout ${duration(invocation.timeout)}`} />
          {timeout !== undefined && timeout > extent && (
            <span class="out-of-sight">{`timeout ${duration(invocation.timeout)} →`}</span>
          )}
        </div>
        <Lane name={invocation.source === 'event queue' ? 'Queue' : 'Caller'}>
          <span class="block" data-kind="caller" style={width(0, waited)} />
          <Beside from={0} to={waited} extent={extent} kind="caller">
            {answered === undefined ? `waits, ${duration(waited)}` : `answered after ${duration(answered)}`}
          </Beside>
        </Lane>
        <Lane name="Function">
          {parts.segments.map(({ kind, from, to }) => (
            <Block
              key={kind}
              segment={{ kind, from, to }}
              style={width(from, to)}
              isWide={(to - from) / extent > 0.16}
            />
          ))}
          {parts.ended !== undefined && (
            <span class="end" data-status={invocation.status} style={{ left: at(parts.ended) }} />
          )}
        </Lane>
        {tasks.map((task, index) => (
          <Lane key={index} name={task.name} isTask>
            <span class="block" data-kind="task" data-outcome={task.outcome} style={width(task.from, task.to)} />
            <Beside from={task.from} to={task.to} extent={extent} kind="task" outcome={task.outcome}>
              {taskText(task)}
            </Beside>
          </Lane>
        ))}
      </div>
      <figcaption class="legend" aria-hidden="true">
        {parts.segments.map(({ kind }) => (
          <span key={kind} data-kind={kind}>
            {kind}
          </span>
        ))}
      </figcaption>
      {parts.tasks.length > mostTasks && (
        <p class="note">{parts.tasks.length - mostTasks} more tasks are in the report.</p>
      )}
    </figure>
  );
}

function Lane({
  name,
  isTask,
  children,
}: {
  readonly name: string;
  readonly isTask?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={isTask ? 'lane task' : 'lane'}>
      <span class="lane-name" title={name}>
        {name}
      </span>
      <span class="lane-bars">{children}</span>
    </div>
  );
}

function Block({
  segment,
  style,
  isWide,
}: {
  readonly segment: Segment;
  readonly style: { left: string; width: string };
  readonly isWide: boolean;
}) {
  const { kind, from, to } = segment;
  const text = kind === 'background' ? `background ${duration(to - from)}` : kind;
  return (
    <span class="block" data-kind={kind} style={style} title={`${kind} ${duration(to - from)}`}>
      {isWide && <span class="block-text">{text}</span>}
    </span>
  );
}

/** Text to the right of a bar, in it, or to its left: where there is most room. */
function Beside(props: {
  readonly from: number;
  readonly to: number;
  readonly extent: number;
  readonly kind: 'caller' | 'task';
  readonly outcome?: TaskBar['outcome'];
  readonly children: ComponentChildren;
}) {
  const { from, to, extent, kind, outcome, children } = props;
  const room = Math.max(extent - to, to - from, from);
  if (room === extent - to) {
    return (
      <span class="beside" data-kind={kind} data-outcome={outcome} style={{ left: `${(100 * to) / extent}%` }}>
        {children}
      </span>
    );
  }
  const isInside = room === to - from;
  const right = isInside ? to : from;
  return (
    <span
      class={isInside ? 'beside inside' : 'beside'}
      data-kind={kind}
      data-outcome={outcome}
      style={{ right: `${100 - (100 * right) / extent}%` }}
    >
      {children}
    </span>
  );
}

function Mark({
  name,
  at,
  extent,
  title,
}: {
  readonly name: string;
  readonly at: number | undefined;
  readonly extent: number;
  readonly title: string;
}) {
  if (at === undefined || at > extent) return null;
  return (
    <span class={`mark ${name}`} style={{ left: `${(100 * at) / extent}%` }}>
      <span class="mark-text">{title}</span>
    </span>
  );
}

const outcomes = {
  completed: 'completed',
  failed: 'failed',
  'cut off': 'cut off',
  running: 'goes on',
  ended: 'unfinished',
};

const taskText = ({ outcome, from, to }: TaskBar): string => `${outcomes[outcome]}, ${duration(to - from)}`;
