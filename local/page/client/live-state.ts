import type { InvocationState, PagePatch, PageState } from '../state';
import { renderSoon } from './render-pace';
import { readPatch, readState } from './server-messages';

export interface Shown extends Omit<PageState, 'invocations'> {
  /** By id, in order of arrival. */
  readonly invocations: ReadonlyMap<string, InvocationState>;
  readonly isConnected: boolean;
}

/** What the server has sent last. When the connection comes back, it sends the whole again, and nothing older is kept. */
export class LiveState {
  readonly #source = new EventSource('/state');
  readonly #listeners = new Set<() => void>();
  #shown: Shown | undefined;
  #clockOffset = 0;

  constructor() {
    this.#source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      const state = readState(data);
      this.#clockOffset = state.now - Date.now();
      this.#set({ ...state, invocations: byId(state.invocations), isConnected: true });
    });
    this.#source.addEventListener('patch', ({ data }: MessageEvent<string>) => {
      if (this.#shown) this.#set(patched(this.#shown, readPatch(data)));
    });
    this.#source.addEventListener('error', () => {
      if (this.#shown) this.#set({ ...this.#shown, isConnected: false });
    });
  }

  /** Undefined until the server has answered for the first time. */
  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** By the clock of the server, milliseconds since the epoch. */
  get now(): number {
    return Date.now() + this.#clockOffset;
  }

  /** Calls `listener` when a change is to be rendered; until the returned function is called. */
  observe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(shown: Shown): void {
    this.#shown = shown;
    renderSoon(this.#tell);
  }

  readonly #tell = (): void => {
    for (const listener of this.#listeners) listener();
  };
}

function patched(shown: Shown, patch: PagePatch): Shown {
  const invocations = new Map(shown.invocations);
  for (const invocation of patch.invocations) invocations.set(invocation.id, invocation);
  for (const id of patch.removed) invocations.delete(id);
  return {
    ...shown,
    invocations,
    dropped: patch.dropped,
    functions: patch.functions ?? shown.functions,
    environments: patch.environments ?? shown.environments,
    queue: patch.queue ?? shown.queue,
  };
}

const byId = (invocations: readonly InvocationState[]): ReadonlyMap<string, InvocationState> =>
  new Map(invocations.map((invocation) => [invocation.id, invocation]));
