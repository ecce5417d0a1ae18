import type { InvocationState, TaskState } from '../../state';

export interface Segment {
  readonly kind: 'waiting' | 'init' | 'handle' | 'background';
  readonly from: number;
  readonly to: number;
}

export interface TaskBar {
  readonly name: string;
  /** `ended`: with its process, so that nobody knows. */
  readonly outcome: NonNullable<TaskState['outcome']> | 'running' | 'ended';
  readonly from: number;
  readonly to: number;
}

/** What is to be drawn of an invocation: times are milliseconds from the moment at which it came. */
export interface TimelineParts {
  readonly segments: readonly Segment[];
  readonly tasks: readonly TaskBar[];
  readonly answered: number | undefined;
  readonly ended: number | undefined;
  /** When the library's reserve begins by default, and when Lambda kills it; undefined until it has begun. */
  readonly reserve: number | undefined;
  readonly timeout: number | undefined;
  /** Where it is by now. */
  readonly reached: number;
}

export function timelineParts(invocation: InvocationState, now: number): TimelineParts {
  const { receivedAt, init, startedAt, answeredAt, endedAt, timeout } = invocation;
  const since = (at: number): number => Math.max(0, at - receivedAt);
  const reached = since(endedAt ?? now);
  const started = startedAt === undefined ? undefined : since(startedAt);
  const answered = answeredAt === undefined ? undefined : Math.min(since(answeredAt), reached);
  const initFrom = init && since(init.from);
  const segments: Segment[] = [
    { kind: 'waiting', from: 0, to: initFrom ?? started ?? reached },
    ...(initFrom === undefined || started === undefined
      ? []
      : [{ kind: 'init' as const, from: initFrom, to: started }]),
    ...(started === undefined ? [] : [{ kind: 'handle' as const, from: started, to: answered ?? reached }]),
    ...(answered === undefined || started === undefined
      ? []
      : [{ kind: 'background' as const, from: answered, to: reached }]),
  ];
  const deadline = started === undefined ? undefined : started + timeout;
  return {
    segments: segments.filter(({ kind, from, to }) => to - from >= 1 || kind === 'handle'),
    tasks: invocation.tasks.map(({ name, outcome, from, to = receivedAt + reached }) => ({
      name,
      outcome: outcome ?? (endedAt === undefined ? 'running' : 'ended'),
      from: Math.min(since(from), reached),
      to: Math.min(since(to), reached),
    })),
    answered,
    ended: endedAt === undefined ? undefined : reached,
    // As runtime/deadline.ts has it, where the function does not say otherwise.
    reserve: deadline === undefined ? undefined : deadline - Math.min(timeout / 10, 2_000),
    timeout: deadline,
    reached,
  };
}

/**
 * How much time the width of a timeline stands for: as much as the invocation may take. One that has ended long before
 * that gets what it took, so that there is something to see.
 */
export function extentOf({ timeout, ended, reached }: TimelineParts, fallback: number): number {
  const all = Math.max(timeout ?? fallback, reached, 1);
  if (ended === undefined || ended > all / 4) return all * 1.02;
  return Math.max(ended * 1.25, 1);
}

/** Round numbers of milliseconds for about so many marks. */
export function ticks(extent: number, most: number): number[] {
  const rough = extent / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  return Array.from({ length: Math.floor(extent / step) + 1 }, (_, index) => index * step);
}
