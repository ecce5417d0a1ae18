import { billedDuration, type LogLine } from '../../log/platform-log';
import { readRecord } from '../../log/function-record';
import type { EndedInvocation, ObservedTask } from '../../environment/pool';
import type { FunctionDefinition } from '../../template/definition';
import type { InvocationReport } from '../../../runtime/log/report';
import type { InvocationState, Status } from '../state';
import { KeptLog } from './kept-log';
import type { RecordedExchange } from './recorded-exchange';
import { RecordedTasks } from './recorded-tasks';

export interface InvocationOrigin extends Pick<InvocationState, 'id' | 'requestId' | 'attempt' | 'source' | 'title'> {
  readonly definition: FunctionDefinition;
  readonly receivedAt: number;
  /** Undefined where it was no request that brought it here, but the event queue. */
  readonly exchange: RecordedExchange | undefined;
}

/** One invocation, from what asks for it to its REPORT. */
export class RecordedInvocation {
  readonly id: string;
  readonly exchange: RecordedExchange | undefined;
  readonly log = new KeptLog();
  readonly #origin: InvocationOrigin;
  #environmentId: string | undefined;
  #init: InvocationState['init'];
  #startedAt: number | undefined;
  #answeredAt: number | undefined;
  #endedAt: number | undefined;
  #ended: EndedInvocation | undefined;
  #report: InvocationReport | undefined;
  /** May hold the report. It is read when somebody asks for that: reading takes longer than all the rest of recording. */
  #unreadLine: string | undefined;
  readonly #tasks = new RecordedTasks();

  constructor(origin: InvocationOrigin) {
    this.id = origin.id;
    this.exchange = origin.exchange;
    this.#origin = origin;
  }

  get origin(): InvocationOrigin {
    return this.#origin;
  }

  get isOver(): boolean {
    return this.#endedAt !== undefined;
  }

  /** It has begun and is over: unlike one that was given up, it does not begin any more. */
  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  get isWaitingEvent(): boolean {
    return this.#origin.source === 'event queue' && this.#startedAt === undefined && !this.isOver;
  }

  /** @param init when its environment was initialised for it */
  begin(environmentId: string, at: number, init: InvocationState['init']): void {
    this.#environmentId = environmentId;
    this.#startedAt = at;
    this.#init = init;
    this.#endedAt = undefined;
  }

  answer(at: number): void {
    this.#answeredAt ??= at;
  }

  takeLine(line: LogLine, at: number): void {
    this.log.add(line, at);
    if (line.source !== 'function' || !line.text.includes('"report":')) return;
    // The one before may have been it.
    this.#report = this.report;
    this.#unreadLine = line.text;
  }

  takeTask(task: ObservedTask, at: number): void {
    this.#tasks.take(task, at);
  }

  end(ended: EndedInvocation, at: number): void {
    this.#ended = ended;
    this.#endedAt = at;
  }

  /**
   * The response has been sent, or the connection is gone. What has not begun when it is answered never does, but what a
   * caller no longer waits for may: it is given up until then.
   */
  closeExchange(at: number): void {
    if (this.#startedAt === undefined && this.#origin.source !== 'event queue') this.giveUp(at);
  }

  giveUp(at: number): void {
    this.#endedAt = at;
  }

  /** Of the library; undefined as long as there is none. */
  get report(): InvocationReport | undefined {
    const report = this.#unreadLine === undefined ? undefined : readRecord(this.#unreadLine)?.report;
    this.#unreadLine = undefined;
    if (report?.requestId === this.#origin.requestId) this.#report = report;
    return this.#report;
  }

  get state(): InvocationState {
    const { definition, id, requestId, attempt, source, title, receivedAt } = this.#origin;
    const ended = this.#ended;
    const { report } = this;
    return {
      id,
      requestId,
      attempt,
      source,
      title,
      receivedAt,
      functionName: definition.name,
      status: this.#statusWith(report),
      environmentId: this.#environmentId,
      init: this.#init,
      startedAt: this.#startedAt,
      answeredAt: this.#answeredAt,
      endedAt: this.#endedAt,
      timeout: definition.timeout * 1_000,
      httpStatus: this.exchange?.status,
      tasks: this.#tasks.states(report, this.#startedAt),
      initDuration: ended?.initDuration,
      billedDuration: ended && billedDuration(ended),
      memorySize: definition.memorySize,
      maxMemoryUsed: ended?.maxMemoryUsed,
    };
  }

  #statusWith(report: InvocationReport | undefined): Status {
    if (this.#startedAt === undefined) {
      if (this.#endedAt === undefined) return 'waiting';
      return this.exchange?.status === 429 ? 'throttled' : 'refused';
    }
    if (!this.#ended) return this.#answeredAt === undefined ? 'handling' : 'answered';
    if (this.#ended.status === 'timeout') return 'timed out';
    if (this.#ended.errorType !== undefined) return 'killed';
    return this.#ended.status === 'error' ? 'failed' : statusOf(report);
  }
}

/** An invocation that Lambda counts as a success may have work in it that failed. That a request was refused is no failure. */
function statusOf(report: InvocationReport | undefined): Status {
  if (!report) return 'completed';
  const { handler, tasks, moreTasks, failures } = report;
  const isCutOff = handler === 'cut off' || tasks.some(({ outcome }) => outcome === 'cut off');
  if (isCutOff || (moreTasks?.['cut off'] ?? 0) > 0) return 'cut off';
  return failures > 0 ? 'failed' : 'completed';
}
