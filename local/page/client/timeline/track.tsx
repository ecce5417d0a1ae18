import type { InvocationState } from '../../state';
import { extentOf, timelineParts } from './timeline-parts';

/** The timeline of a row: one bar, as long as the invocation has lasted, up to its timeout. */
export function Track({ invocation, now }: { readonly invocation: InvocationState; readonly now: number }) {
  const parts = timelineParts(invocation, now);
  const extent = extentOf(parts, invocation.timeout);
  const at = (milliseconds: number): string => `${(100 * milliseconds) / extent}%`;
  const isVisible = (mark: number | undefined): mark is number => mark !== undefined && mark <= extent;
  return (
    <span class="track" data-status={invocation.status} aria-hidden="true">
      <span class="bar" style={{ width: at(parts.reached) }}>
        {parts.segments.map(({ kind, from, to }) => (
          <span key={kind} class="segment" data-kind={kind} style={{ flexGrow: Math.max(to - from, 0.001) }} />
        ))}
      </span>
      {isVisible(parts.reserve) && <span class="mark reserve" style={{ left: at(parts.reserve) }} />}
      {isVisible(parts.timeout) && <span class="mark timeout" style={{ left: at(parts.timeout) }} />}
    </span>
  );
}
