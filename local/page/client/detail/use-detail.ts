import { useEffect, useState } from 'preact/hooks';
import type { InvocationReport } from '../../../../runtime/log/report';
import type { DetailPatch, LineState, RequestState, ResponseState } from '../../state';
import { renderSoon } from '../render-pace';
import { readDetail } from '../server-messages';

export interface DetailState {
  readonly request?: RequestState | undefined;
  readonly response?: ResponseState | undefined;
  readonly report?: InvocationReport;
  readonly lines: readonly LineState[];
  readonly droppedLines: number;
}

const nothing: DetailState = { lines: [], droppedLines: 0 };

/** What the server tells of one invocation, as it comes. */
export function useDetail(id: string): DetailState {
  const [detail, setDetail] = useState(nothing);
  useEffect(() => {
    const source = new EventSource(`/invocations/${id}`);
    let told = nothing;
    const render = (): void => {
      setDetail(told);
    };
    const add = (before: DetailState, { lines, ...patch }: DetailPatch): void => {
      told = { ...before, ...patch, lines: lines.length === 0 ? before.lines : [...before.lines, ...lines] };
      renderSoon(render);
    };
    source.addEventListener('detail', ({ data }: MessageEvent<string>) => {
      add(nothing, readDetail(data));
    });
    source.addEventListener('patch', ({ data }: MessageEvent<string>) => {
      add(told, readDetail(data));
    });
    return () => {
      source.close();
    };
  }, [id]);
  return detail;
}
