import { isRequestError, type RequestError } from '../errors';
import type { HandlerOutcome } from '../failures/handler-outcome';
import { readError } from '../failures/read-error';
import type { BackgroundTask, TaskReport } from '../tasks/background-tasks';
import type { InvocationIdentity } from './invocation-identity';
import { LateFailureRecords } from './late-failure-records';
import type { RecordWriter } from './record-writer';
import { type InvocationReport, measured, shortened } from './report';

type Details = Readonly<Record<string, unknown>>;

/**
 * The log of one invocation: all of it names this invocation, whichever one runs by then. It counts what fails, since
 * Lambda's own Errors metric shows nothing that comes after the answer. Nothing here throws, whatever was thrown there.
 */
export class InvocationLog {
  readonly #records: RecordWriter;
  readonly #identity: InvocationIdentity;
  readonly #recorded = { failures: 0, lostTasks: 0 };
  #failures = 0;
  #late: LateFailureRecords | undefined;
  #strays: WeakSet<object> | undefined;

  constructor(records: RecordWriter, identity: InvocationIdentity) {
    this.#records = records;
    this.#identity = identity;
  }

  /** Writes what went wrong with `handle`; `untold` is the error that its caller gets instead of an answer. */
  addHandlerOutcome(ended: HandlerOutcome, untold: { readonly error: Error } | undefined): void {
    if (ended.outcome === 'cut off')
      this.#records.write('ERROR', this.#identity, 'Handler cut off', { hint: afterCutOff });
    if (ended.outcome !== 'failed') {
      if (untold !== undefined) this.addFailure('Response not sent', untold.error);
    } else if (untold !== undefined && isRequestError(ended.error)) {
      this.#addRefusal(ended.error);
    } else if (!this.#takeStray(ended.error)) {
      this.addFailure(`Handler failed ${untold === undefined ? 'after' : 'before'} the response`, ended.error);
    }
  }

  addTaskFailure(error: unknown, task: string, work: BackgroundTask): void {
    // A promise that had rejected before somebody registered it: Node.js has reported it, and it is recorded.
    const isRecorded = this.#takeStray(error) || this.#strays?.has(work) === true;
    if (isRecorded) return;
    this.addFailure('Background task failed', error, { task });
  }

  /** Takes an error that nobody caught; `promise` is what rejected with it, where it was a promise. */
  addStray(error: unknown, promise?: Promise<unknown>): void {
    this.#strays ??= new WeakSet();
    if (promise !== undefined) this.#strays.add(promise);
    if (isObject(error)) this.#strays.add(error);
    this.addFailure('Error that nobody caught', error);
  }

  addWarning(message: string, details: Details): void {
    this.#records.write('WARN', this.#identity, message, details);
  }

  /** Counts a failure, and writes its ERROR record. One that comes after the report is late, and a metric of its own. */
  addFailure(message: string, error: unknown, details: Details = {}): void {
    this.#add('failures', message, error, details);
  }

  /** As `addFailure`. No other failure can keep it out of the log: of what is lost its record is the only trace. */
  addLostTask(error: unknown, details: Details): void {
    this.#add('lostTasks', 'Background task lost', error, details);
  }

  /** Writes the last records of the invocation: what was cut off, what was too much to be recorded, and the report. */
  report(report: Omit<InvocationReport, 'requestId' | 'coldStart' | 'moreTasks' | 'failures'>): void {
    this.#addCutOffs(report.tasks);
    const more = this.#failures - this.#recorded.failures - this.#recorded.lostTasks;
    if (more > 0) this.#records.write('ERROR', this.#identity, 'More failures', { failures: more });

    this.#late = new LateFailureRecords(this.#records, this.#identity);
    const { awsRequestId, coldStart } = this.#identity;
    const whole = { requestId: awsRequestId, coldStart, ...report, failures: this.#failures };
    this.#records.writeReport(this.#identity, shortened(whole), measured(whole));
  }

  #add(kind: 'failures' | 'lostTasks', message: string, error: unknown, details: Details): void {
    if (this.#late !== undefined) {
      this.#late.add(message, error, details);
      return;
    }
    this.#failures += 1;
    if (this.#recorded[kind] === mostRecords) return;
    this.#recorded[kind] += 1;
    this.#records.write('ERROR', this.#identity, message, { ...details, error: readError(error) });
  }

  /** Writes one WARN record, which quotes nothing of what the caller sent. */
  #addRefusal(refusal: RequestError): void {
    const { name } = readError(refusal);
    this.#records.write('WARN', this.#identity, 'Request refused', { error_type: name, ...numbersOf(refusal) });
  }

  #addCutOffs(tasks: readonly TaskReport[]): void {
    const cutOff = tasks.filter(({ outcome }) => outcome === 'cut off');
    for (const { name, queued } of cutOff.slice(0, mostRecords)) {
      this.#records.write('ERROR', this.#identity, 'Background task cut off', {
        task: name,
        hint: afterCutOff,
        queued,
      });
    }
    const more = cutOff.length - mostRecords;
    if (more > 0) this.#records.write('ERROR', this.#identity, 'More background tasks cut off', { tasks: more });
  }

  /** Once: what else fails with the same error, one that a module keeps for instance, is a failure of its own. */
  #takeStray(error: unknown): boolean {
    return isObject(error) && this.#strays?.delete(error) === true;
  }
}

/** What can be done for work that was cut off. Short: a terminal shows it behind the message, on the same line. */
const afterCutOff = 'raise Timeout, or stop at context.signal';

/** Of tasks lost, of other failures, and of tasks cut off: an invocation that has thousands of them is not to drown its own log. */
const mostRecords = 100;

/** Guarded, since a subclass may be anybody's. */
function numbersOf(refusal: RequestError): Details {
  try {
    const { statusCode, issues, moreIssues } = refusal;
    return { status_code: numberIn(statusCode), issues: numberIn(issues.length + moreIssues) };
  } catch {
    return {};
  }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
