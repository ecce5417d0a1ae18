import { useEffect, useReducer, useState } from 'preact/hooks';
import type { LiveState, Shown } from './live-state';
import { renderSoon } from './render-pace';

/** What the server has sent; renders again at each change. */
export function useLive(live: LiveState): Shown | undefined {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(
    () =>
      live.observe(() => {
        render(undefined);
      }),
    [live],
  );
  return live.shown;
}

/** The time by the server's clock, which goes on while something does. */
export function useNow(live: LiveState, isGoingOn: boolean): number {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const step = (): void => {
      render(undefined);
    };
    const timer = setInterval(() => {
      renderSoon(step);
    }, 100);
    return () => {
      clearInterval(timer);
    };
  }, [isGoingOn]);
  return live.now;
}

/** What follows `#` in the address: the id of the invocation that is looked at, empty for the newest. */
export function useHash(): string {
  const [hash, setHash] = useState(readHash);
  useEffect(() => {
    const onChange = (): void => {
      setHash(readHash());
    };
    addEventListener('hashchange', onChange);
    return () => {
      removeEventListener('hashchange', onChange);
    };
  }, []);
  return hash;
}

const readHash = (): string => location.hash.slice(1);
