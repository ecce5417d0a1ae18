import type { InvocationReport } from '../../runtime/log/report';
import type { Outcome } from '../../runtime/tasks/task';
import type { Phase } from '../environment/phase';
import type { QueuedEventState } from '../lambda-api/event-queue/queued-event';

/** What the page shows, as the server sends it. Times are milliseconds since the epoch, durations milliseconds. */
export interface PageState {
  /** Of this run of the local Lambda: another one starts anew. */
  readonly runId: string;
  /** When this was sent. */
  readonly now: number;
  readonly functions: readonly FunctionState[];
  readonly eventFiles: readonly EventFile[];
  /** The last ones, in order of arrival. */
  readonly invocations: readonly InvocationState[];
  /** How many came before those. */
  readonly dropped: number;
  readonly environments: readonly EnvironmentState[];
  /** Asynchronous invocations that wait or run. */
  readonly queue: readonly QueuedEventState[];
}

/** What has changed since. A list is there whole where anything of it has changed, but `invocations` has changed ones only. */
export interface PagePatch extends Pick<PageState, 'invocations' | 'dropped'> {
  /** Ids of invocations that are no longer kept. */
  readonly removed: readonly string[];
  readonly functions?: PageState['functions'];
  readonly environments?: PageState['environments'];
  readonly queue?: PageState['queue'];
}

export interface FunctionState {
  readonly name: string;
  readonly url: string | undefined;
}

export interface EventFile {
  readonly name: string;
  readonly content: string;
}

export type Status =
  /** For an environment. */
  | 'waiting'
  /** The caller waits. */
  | 'handling'
  /** The caller has its answer, and the invocation goes on. */
  | 'answered'
  | 'completed'
  /** `handle`, a task or both. */
  | 'failed'
  /** Something had not settled when the reserve began. */
  | 'cut off'
  /** Lambda has killed it at its timeout. */
  | 'timed out'
  /** Its process has ended. */
  | 'killed'
  /** It has never begun, past the reserved concurrency. */
  | 'throttled'
  /** It has never begun, for another reason. */
  | 'refused';

export interface InvocationState {
  /** An invocation that is tried again has a new id, and the same request id. */
  readonly id: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly functionName: string;
  readonly source: 'Function URL' | 'Lambda API' | 'event queue';
  /** `POST /orders`, for instance. */
  readonly title: string;
  readonly status: Status;
  readonly environmentId: string | undefined;
  readonly receivedAt: number;
  /** Of its environment, on a cold start. */
  readonly init: { readonly from: number; readonly to: number } | undefined;
  readonly startedAt: number | undefined;
  /** When the response was complete. */
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  /** From `startedAt`. */
  readonly timeout: number;
  readonly httpStatus: number | undefined;
  /** Of the library, in the order in which they began. */
  readonly tasks: readonly TaskState[];
  /** As REPORT tells them. */
  readonly initDuration: number | undefined;
  readonly billedDuration: number | undefined;
  /** MB */
  readonly memorySize: number;
  readonly maxMemoryUsed: number | undefined;
}

export interface TaskState {
  readonly name: string;
  readonly from: number;
  /** Undefined, as the outcome is, while it goes on; for ever where the invocation has ended without a report. */
  readonly to: number | undefined;
  readonly outcome: Outcome | undefined;
}

export interface EnvironmentState {
  readonly id: string;
  readonly functionName: string;
  readonly phase: Phase;
  readonly invocations: number;
}

/** What is told of the chosen invocation only: first all of it, then what has changed. */
export interface DetailPatch {
  readonly request?: RequestState | undefined;
  readonly response?: ResponseState | undefined;
  /** Of the library. */
  readonly report?: InvocationReport;
  /** To be added to those before. */
  readonly lines: readonly LineState[];
  readonly droppedLines: number;
}

export interface RequestState {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: BodyState;
  /** The line that repeats it in a shell. */
  readonly command: string;
}

export interface ResponseState {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: BodyState;
  /** False where the connection was broken off. */
  readonly complete: boolean;
}

export type Header = readonly [name: string, value: string];

export interface BodyState {
  readonly bytes: number;
  /** The first megabyte; undefined where it is no UTF-8. */
  readonly text: string | undefined;
  /** Bytes that were not kept. */
  readonly dropped: number;
}

export interface LineState {
  readonly at: number;
  readonly source: 'platform' | 'function';
  readonly text: string;
}

/** What the form of the page sends. */
export interface EventToSend {
  readonly functionName: string;
  readonly by: 'url' | 'api' | 'event';
  readonly payload: string;
}
