import { useEffect, useState } from 'preact/hooks';
import type { DetailPatch, LineState, RequestState, ResponseState } from '../../state';
import { readDetail } from '../server-messages';

export interface DetailState {
  readonly request?: RequestState | undefined;
  readonly response?: ResponseState | undefined;
  readonly lines: readonly LineState[];
  readonly droppedLines: number;
}

const nothing: DetailState = { lines: [], droppedLines: 0 };

/** What the server tells of one invocation, as it comes. */
export function useDetail(id: string): DetailState {
  const [detail, setDetail] = useState(nothing);
  useEffect(() => {
    const source = new EventSource(`/invocations/${id}`);
    const take = (before: DetailState, { lines, ...patch }: DetailPatch): DetailState => ({
      ...before,
      ...patch,
      lines: lines.length === 0 ? before.lines : [...before.lines, ...lines],
    });
    source.addEventListener('detail', ({ data }: MessageEvent<string>) => {
      setDetail(take(nothing, readDetail(data)));
    });
    source.addEventListener('patch', ({ data }: MessageEvent<string>) => {
      setDetail((before) => take(before, readDetail(data)));
    });
    return () => {
      source.close();
    };
  }, [id]);
  return detail;
}
