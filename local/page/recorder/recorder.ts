import type { EndedInvocation, ObservedTask, PhaseChange } from '../../environment/pool';
import type { ObservedExchange } from '../../http/observed-exchange';
import type { LogLine } from '../../log/platform-log';
import type { FunctionDefinition } from '../../template/definition';
import { titleOf } from './invocation-title';
import { RecordedEnvironments } from './recorded-environments';
import { RecordedExchange } from './recorded-exchange';
import { RecordedInvocation, type InvocationOrigin } from './recorded-invocation';

const mostInvocations = 500;

/** Everything that the page shows, put together from what the local Lambda tells as it goes on. */
export class Recorder {
  readonly environments = new RecordedEnvironments();
  /** In order of arrival, by id. */
  readonly invocations = new Map<string, RecordedInvocation>();
  /** The last attempt of each, by request id. */
  readonly #attempts = new Map<string, RecordedInvocation>();
  readonly #definitions = new Map<string, FunctionDefinition>();
  readonly #changed = new Set<RecordedInvocation>();
  #onChange: (() => void) | undefined;
  #dropped = 0;
  #removed: string[] = [];

  addFunction(definition: FunctionDefinition): void {
    this.#definitions.set(definition.name, definition);
  }

  /**
   * Calls back at every change, which there may be thousands of in a second, until the returned function is called. What
   * has changed is noted from now till then only: with nobody to take it, it would pile up.
   */
  observe(onChange: () => void): () => void {
    this.#onChange = onChange;
    return () => {
      this.#onChange = undefined;
      this.takeChanges();
    };
  }

  /** Invocations that have come and gone. */
  get dropped(): number {
    return this.#dropped;
  }

  /** What has changed since the last call, or since somebody observes, and the ids of those that are no longer kept. */
  takeChanges(): { readonly changed: readonly RecordedInvocation[]; readonly removed: readonly string[] } {
    const changed = [...this.#changed].filter(({ id }) => this.invocations.has(id));
    const removed = this.#removed;
    this.#changed.clear();
    this.#removed = [];
    return { changed, removed };
  }

  takeExchange(exchange: ObservedExchange): void {
    const { requestId, functionName, door, request, response } = exchange;
    const type = request.headers['x-amz-invocation-type'];
    if (door === 'Lambda API' && type === 'DryRun') return;
    const recorded = new RecordedExchange(exchange, () => {
      if (!invocation) return;
      if (recorded.isClosed) invocation.closeExchange(now());
      this.#change(invocation);
    });
    const isEvent = door === 'Lambda API' && type === 'Event';
    const invocation = this.#add(functionName, {
      requestId,
      attempt: 1,
      source: isEvent ? 'event queue' : door,
      title: titleOf(exchange, isEvent),
      exchange: recorded,
    });
    if (response.destroyed) invocation?.closeExchange(now());
  }

  takePhase({ environmentId, functionName, phase, requestId }: PhaseChange): void {
    const at = now();
    const environment = this.environments.enter(environmentId, { functionName, phase, at });
    const invocation = requestId === undefined ? undefined : this.#running(requestId, functionName);
    if (invocation && phase === 'busy') invocation.begin(environmentId, at, environment.takeInit(at));
    if (invocation && phase === 'answered') invocation.answer(at);
    if (invocation) this.#change(invocation);
    this.#onChange?.();
  }

  takeLine(line: LogLine): void {
    if (line.requestId === undefined) return;
    // The platform writes no line of an invocation that is over, so this is the first of another attempt.
    const invocation =
      line.source === 'platform'
        ? this.#running(line.requestId, line.functionName)
        : this.#attempts.get(line.requestId);
    if (!invocation) return;
    invocation.takeLine(line, now());
    this.#change(invocation);
  }

  takeTask(task: ObservedTask): void {
    const invocation = this.#attempts.get(task.requestId);
    if (!invocation) return;
    invocation.takeTask(task, now());
    this.#change(invocation);
  }

  takeEnd(ended: EndedInvocation): void {
    const invocation = this.#attempts.get(ended.requestId);
    if (!invocation) return;
    invocation.end(ended, now());
    this.#change(invocation);
  }

  /** Of the events that have not begun, those which are no longer in the queue never will. */
  giveUpEvents(queued: ReadonlySet<string>): void {
    for (const invocation of this.invocations.values()) {
      if (!invocation.isWaitingEvent || queued.has(invocation.origin.requestId)) continue;
      invocation.giveUp(now());
      this.#change(invocation);
    }
  }

  /** The attempt that is under way, or begins now. */
  #running(requestId: string, functionName: string): RecordedInvocation | undefined {
    const last = this.#attempts.get(requestId);
    // One that was given up may begin all the same: whoever asked for it has hung up, and the function runs.
    if (last && !last.hasEnded) return last;
    const before = last?.origin;
    return this.#add(functionName, {
      requestId,
      attempt: (before?.attempt ?? 0) + 1,
      source: before?.source ?? 'event queue',
      title: before?.title ?? 'event',
      exchange: last?.exchange,
    });
  }

  #add(
    functionName: string,
    origin: Omit<InvocationOrigin, 'id' | 'definition' | 'receivedAt'>,
  ): RecordedInvocation | undefined {
    const definition = this.#definitions.get(functionName);
    if (!definition) return undefined;
    const { requestId, attempt } = origin;
    const id = attempt === 1 ? requestId : `${requestId}.${attempt}`;
    // What is spread comes last: for a property after it V8 of Node.js 20 makes a class of each object.
    const invocation = new RecordedInvocation({ id, definition, receivedAt: now(), ...origin });
    this.invocations.set(id, invocation);
    this.#attempts.set(requestId, invocation);
    this.#dropOldest();
    this.#change(invocation);
    return invocation;
  }

  /** What still runs is kept, however old it is. */
  #dropOldest(): void {
    if (this.invocations.size <= mostInvocations) return;
    for (const [id, invocation] of this.invocations) {
      if (!invocation.isOver && this.invocations.size <= 2 * mostInvocations) continue;
      this.invocations.delete(id);
      const { requestId } = invocation.origin;
      if (this.#attempts.get(requestId) === invocation) this.#attempts.delete(requestId);
      this.#dropped += 1;
      if (this.#onChange) this.#removed.push(id);
      this.#changed.delete(invocation);
      return;
    }
  }

  #change(invocation: RecordedInvocation): void {
    if (!this.#onChange) return;
    this.#changed.add(invocation);
    this.#onChange();
  }
}

/** Milliseconds since the epoch, with fractions: what takes less than one is to be seen too. */
const now = (): number => performance.timeOrigin + performance.now();
