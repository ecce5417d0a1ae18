import { useEffect, useRef } from 'preact/hooks';
import { Detail } from './detail/detail';
import { Environments } from './environments';
import { count } from './format';
import { InvocationList } from './invocation-list';
import type { LiveState, Shown } from './live-state';
import { Queue } from './queue';
import { SendForm } from './send-form';
import { isOver, summaryOf } from './status';
import { useHash, useLive, useNow } from './use-live';

export function App({ live }: { readonly live: LiveState }) {
  const shown = useLive(live);
  if (!shown)
    return (
      <p class="connecting" role="status">
        Connecting to the local Lambda…
      </p>
    );
  return <Page live={live} shown={shown} />;
}

function Page({ live, shown }: { readonly live: LiveState; readonly shown: Shown }) {
  const hash = useHash();
  const invocations = [...shown.invocations.values()].reverse();
  const chosen = shown.invocations.get(hash) ?? invocations[0];
  useEffect(scrollToChosen, [hash]);
  const running = invocations.filter((invocation) => !isOver(invocation)).length;
  const now = useNow(live, running + shown.queue.length > 0);
  return (
    <>
      <header class="top">
        <h1>Local Lambda</h1>
        <p class="names">{shown.functions.map(({ name }) => name).join(', ')}</p>
        <p class="counts">{`${count(invocations.length, 'invocation')}, ${running} going on`}</p>
        <Connection isConnected={shown.isConnected} />
      </header>
      <main>
        <div class="side">
          <SendForm functions={shown.functions} eventFiles={shown.eventFiles} />
          <Environments environments={shown.environments} invocations={shown.invocations} />
          {shown.queue.length > 0 && <Queue queue={shown.queue} invocations={shown.invocations} now={now} />}
          <InvocationList {...{ invocations, chosen, now }} dropped={shown.dropped} />
        </div>
        {chosen ? (
          <Detail key={`${shown.runId} ${chosen.id}`} invocation={chosen} now={now} />
        ) : (
          <Empty shown={shown} />
        )}
      </main>
      <Announcement
        text={chosen ? `${chosen.title}: ${isOver(chosen) ? summaryOf(chosen, now) : chosen.status}` : ''}
      />
    </>
  );
}

/** In one column the chosen one is below the list. */
function scrollToChosen(): void {
  if (location.hash === '' || !matchMedia('(max-width: 860px)').matches) return;
  document.getElementById('chosen')?.scrollIntoView();
}

function Connection({ isConnected }: { readonly isConnected: boolean }) {
  return (
    <p class="connection" role="status" data-connected={isConnected}>
      {isConnected ? 'Live' : 'No connection, trying again'}
    </p>
  );
}

function Empty({ shown }: { readonly shown: Shown }) {
  const url = shown.functions.find((candidate) => candidate.url !== undefined)?.url;
  const event = shown.eventFiles.find(({ name }) => name === 'hello.json')?.content.trim() ?? '{}';
  return (
    <section class="detail empty" aria-label="Invocation">
      <h2>Nothing has been invoked yet</h2>
      <p>Send an event from this page{url === undefined ? '.' : ', or from a terminal:'}</p>
      {url !== undefined && <pre tabIndex={0}>{`curl -d '${event.replaceAll("'", String.raw`'\''`)}' ${url}`}</pre>}
      <p>You see the answer arrive, and then the work that goes on after it.</p>
    </section>
  );
}

/**
 * Read out when what becomes of the chosen invocation changes, and not when the page is opened. Where one invocation
 * follows another, or one change, only the last of them is: the one that has stood for a moment.
 */
function Announcement({ text }: { readonly text: string }) {
  const line = useRef<HTMLParagraphElement>(null);
  const before = useRef(text);
  useEffect(() => {
    if (before.current === text) return undefined;
    const timer = setTimeout(() => {
      before.current = text;
      if (line.current) line.current.textContent = text;
    }, moment);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return <p ref={line} class="only-read" role="status" />;
}

/** Milliseconds. */
const moment = 1_000;
