import { useEffect, useReducer, useState } from 'preact/hooks';
import type { LiveState, Shown } from './live-state';

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

/** The time by the server's clock, which goes on while something does: in longer steps where many things do. */
export function useNow(live: LiveState, goingOn: number): number {
  const tick = goingOn === 0 ? undefined : goingOn > 20 ? 500 : 100;
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (tick === undefined) return undefined;
    const timer = setInterval(() => {
      render(undefined);
    }, tick);
    return () => {
      clearInterval(timer);
    };
  }, [tick]);
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
