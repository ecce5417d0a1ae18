import type { InvocationReport } from '../../../runtime/log/report';
import type { ObservedTask } from '../../environment/pool';
import type { TaskState } from '../state';

/** The tasks of an invocation as they begin and settle; its report tells the same more precisely, where it comes to one. */
export class RecordedTasks {
  readonly #tasks = new Map<number, TaskState>();

  take({ number, name, outcome }: ObservedTask, at: number): void {
    const begun = this.#tasks.get(number);
    if (outcome === undefined) this.#tasks.set(number, { name, from: at, to: undefined, outcome });
    // One that nobody knows has not begun, or is of an earlier invocation, which had cut it off.
    else if (begun) this.#tasks.set(number, { ...begun, to: at, outcome });
  }

  states(report: InvocationReport | undefined, startedAt = 0): readonly TaskState[] {
    if (!report) return [...this.#tasks.values()];
    const states = report.tasks.map(({ name, outcome, startMs = 0, milliseconds }) => {
      const from = startedAt + startMs;
      return { name, outcome, from, to: from + milliseconds };
    });
    return states.sort((one, other) => one.from - other.from);
  }
}
