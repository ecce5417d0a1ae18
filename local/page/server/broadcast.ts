import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { WatchedLambda } from '../watched-lambda';
import type { Recorder } from '../recorder/recorder';
import type { RecordedInvocation } from '../recorder/recorded-invocation';
import type { PagePatch, PageState } from '../state';
import { readEventFiles } from './event-files';
import { EventStream } from './event-stream';
import { InvocationViewer } from './invocation-viewer';
import { PageLists } from './page-lists';

/**
 * How long changes are gathered before they are sent, milliseconds: longer the more came in the time before. A page that is
 * shown hundreds of changes in a second shows nobody more, and takes the processor from the function.
 */
const shortestPace = 50;
const longestPace = 1_000;
const pacePerChange = 10;

/** How often the event queue is looked at, milliseconds: it tells of nothing by itself. */
const queuePace = 250;

/** Sends everybody who looks first the whole, then what has changed. With nobody there, nothing is done at all. */
export class Broadcast {
  readonly #recorder: Recorder;
  readonly #lambda: WatchedLambda;
  readonly #lists: PageLists;
  readonly #runId = randomUUID();
  readonly #viewers = new Set<EventStream>();
  readonly #readers = new Set<InvocationViewer>();
  readonly #closing = new AbortController();
  #stopObserving: (() => void) | undefined;
  #isDue = false;
  #pace = shortestPace;
  #watchesQueue = false;

  constructor(recorder: Recorder, lambda: WatchedLambda) {
    this.#recorder = recorder;
    this.#lambda = lambda;
    this.#lists = new PageLists(recorder, lambda);
  }

  async addViewer(http: ServerResponse): Promise<void> {
    const eventFiles = await readEventFiles(this.#lambda.eventFolder);
    // Who has left meanwhile closes no more.
    if (http.destroyed) return;
    // What has changed until now is in the snapshot; the others are to have it too.
    this.#flush();
    const viewer = new EventStream(http, () => {
      this.#viewers.delete(viewer);
      this.#restIfAlone();
    });
    this.#viewers.add(viewer);
    this.#observe();
    viewer.send('state', this.#state(eventFiles));
    if (!this.#watchesQueue) this.#watchQueue().catch(() => undefined);
  }

  /** Returns false when there is no such invocation, or no longer. */
  addReader(http: ServerResponse, id: string): boolean {
    const invocation = this.#recorder.invocations.get(id);
    if (!invocation) return false;
    const reader = new InvocationViewer(invocation, http, () => {
      this.#readers.delete(reader);
      this.#restIfAlone();
    });
    this.#readers.add(reader);
    this.#observe();
    reader.sendChanges();
    return true;
  }

  close(): void {
    this.#closing.abort();
  }

  #observe(): void {
    this.#stopObserving ??= this.#recorder.observe(() => {
      this.#schedule();
    });
  }

  #restIfAlone(): void {
    if (this.#viewers.size + this.#readers.size > 0) return;
    this.#stopObserving?.();
    this.#stopObserving = undefined;
  }

  #state(eventFiles: PageState['eventFiles']): PageState {
    return {
      runId: this.#runId,
      now: Date.now(),
      eventFiles,
      invocations: [...this.#recorder.invocations.values()].map(({ state }) => state),
      dropped: this.#recorder.dropped,
      ...this.#lists.all,
    };
  }

  #schedule(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      this.#flush();
    }, this.#pace).unref();
  }

  #flush(): void {
    const { changed, removed } = this.#recorder.takeChanges();
    this.#pace = Math.min(Math.max(changed.length * pacePerChange, shortestPace), longestPace);
    if (this.#viewers.size > 0) this.#sendPatch(changed, removed);
    for (const reader of this.#readers) if (changed.includes(reader.invocation)) reader.sendChanges();
  }

  #sendPatch(changed: readonly RecordedInvocation[], removed: readonly string[]): void {
    const lists = this.#lists.takeChanged();
    if (changed.length + removed.length + Object.keys(lists).length === 0) return;
    const patch: PagePatch = {
      invocations: changed.map(({ state }) => state),
      removed,
      dropped: this.#recorder.dropped,
      ...lists,
    };
    const text = JSON.stringify(patch);
    for (const viewer of this.#viewers) viewer.sendText('patch', text);
  }

  /**
   * What changes without a word: the queue, environments that are no longer shown, and a function that can run now. Until
   * nobody looks any more.
   */
  async #watchQueue(): Promise<void> {
    this.#watchesQueue = true;
    try {
      while (this.#viewers.size > 0) {
        await wait(queuePace, undefined, { ref: false, signal: this.#closing.signal });
        this.#recorder.giveUpEvents(new Set(this.#lambda.queuedEvents().map(({ requestId }) => requestId)));
        this.#schedule();
      }
    } finally {
      this.#watchesQueue = false;
    }
  }
}
