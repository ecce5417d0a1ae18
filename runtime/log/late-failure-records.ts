import { readError } from '../failures/read-error';
import type { InvocationIdentity } from './invocation-identity';
import type { RecordWriter } from './record-writer';

/**
 * Failures that no report counts, since their invocation has ended or they have none: each has an ERROR record and a metric
 * of its own, a hundred in a second at most. What is more in that second is counted in one of each: the invocation that
 * runs by then pays for the time that it takes.
 */
export class LateFailureRecords {
  readonly #records: RecordWriter;
  readonly #identity: InvocationIdentity | undefined;
  #inThisSecond = 0;

  constructor(records: RecordWriter, identity: InvocationIdentity | undefined) {
    this.#records = records;
    this.#identity = identity;
  }

  add(message: string, error: unknown, details: object = {}): void {
    if (this.#inThisSecond === 0) {
      setTimeout(() => {
        this.#endSecond();
      }, 1_000).unref();
    }
    this.#inThisSecond += 1;
    if (this.#inThisSecond <= mostInASecond) this.#write(message, { ...details, error: readError(error) }, 1);
  }

  #endSecond(): void {
    const more = this.#inThisSecond - mostInASecond;
    this.#inThisSecond = 0;
    if (more > 0) this.#write('More failures', { failures: more }, more);
  }

  #write(message: string, details: object, failures: number): void {
    const when = this.#identity === undefined ? 'outside of any invocation' : 'after its invocation had ended';
    this.#records.write('ERROR', this.#identity, `${message}, ${when}`, details);
    this.#records.writeMetrics(this.#identity, { counts: { Failures: failures } });
  }
}

const mostInASecond = 100;
