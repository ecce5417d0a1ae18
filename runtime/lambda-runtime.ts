import type { StreamifyHandler } from 'aws-lambda';
import type { LambdaAdapter } from './adapters/adapter';
import { withoutTasks } from './adapters/without-tasks';
import { turn } from './clock';
import { Invocation } from './invocation';
import { isolate } from './isolation';
import type { TaskDefinition } from './queue/define-task';
import type { QueuedTaskAdapter } from './queue/queued-task-adapter';
import { LateFailureRecords } from './log/late-failure-records';
import { RecordWriter } from './log/record-writer';
import { offerWaitUntil } from './wait-until';

export interface LambdaRuntimeOptions {
  /** The queued tasks that this function runs, by `defineTask`. Each has a name of its own. */
  readonly tasks?: readonly TaskDefinition[];
  /**
   * Milliseconds before the deadline at which `context.signal` aborts. When left out, a tenth of the time that remains
   * at the start of the invocation, 200 ms at least and 2 s at most. Never more than the time that remains, and never
   * less than 100 ms: half of it is what the report has. With `tasks` it is 1 s at least, or by default
   * half of the time where that is short: in half of it, what has been cut off is handed to the queue.
   */
  readonly reserve?: number;
  /**
   * Whether libraries made for Vercel find `waitUntil` where Vercel has it, as `@vercel/functions` does; false when left
   * out, since some take that for Vercel itself and behave otherwise (docs/adopt.md). Where Next.js looks for it, for
   * `after`, it is always.
   */
  readonly vercelRequestContext?: boolean;
}

/** Ties an adapter to Lambda's Node.js runtime: `export const handler = new LambdaRuntime(adapter).run();` */
export class LambdaRuntime {
  readonly #adapter: LambdaAdapter;
  readonly #delivery: QueuedTaskAdapter | undefined;
  readonly #reserve: number | undefined;
  readonly #vercelRequestContext: boolean;
  readonly #records = new RecordWriter(process.env);
  /** What the function began while it loaded, and what escapes its async context, is no invocation's failure. */
  readonly #orphans = new LateFailureRecords(this.#records, undefined);
  #coldStart = process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] !== 'provisioned-concurrency';

  /**
   * Throws a RangeError when `reserve` is not a number of milliseconds, 100 or more, with `tasks` 1,000 or more; an Error
   * when two tasks have one name.
   */
  constructor(
    adapter: LambdaAdapter,
    { reserve, tasks = [], vercelRequestContext = false }: LambdaRuntimeOptions = {},
  ) {
    // All that has to do with the queue hangs from the tasks: a function without any carries nothing of it.
    this.#delivery = tasks[0]?.deliver(tasks, adapter);
    const least = this.#delivery?.leastReserve ?? leastReserve;
    if (reserve !== undefined && !(Number.isFinite(reserve) && reserve >= least)) {
      throw new RangeError(`Expected reserve to be a number of milliseconds, ${least} or more, received ${reserve}`);
    }
    this.#adapter = this.#delivery ?? withoutTasks(adapter);
    this.#reserve = reserve;
    this.#vercelRequestContext = vercelRequestContext;
  }

  /**
   * The handler for Lambda to call, marked as streaming. Throws a ReferenceError outside Lambda's Node.js runtime,
   * whose client defines `awslambda` before it loads the function (aws-lambda-ric, src/utils/globals.ts).
   */
  run(): StreamifyHandler<unknown> {
    offerWaitUntil('next');
    if (this.#vercelRequestContext) offerWaitUntil('vercel');
    return awslambda.streamifyResponse<unknown>(async (event, responseStream, context) => {
      const invocation = new Invocation(event, responseStream, context, {
        records: this.#records,
        reserve: this.#reserve,
        coldStart: this.#takeColdStart(),
        delivery: this.#delivery,
      });
      await isolate(
        invocation,
        (error) => {
          this.#orphans.add('Error that nobody caught', error);
        },
        () => invocation.run(this.#adapter),
      );
      await yieldToGarbageCollector();
    });
  }

  #takeColdStart(): boolean {
    const coldStart = this.#coldStart;
    this.#coldStart = false;
    return coldStart;
  }
}

/** Milliseconds. With less, Lambda would kill the process before the report is written. */
const leastReserve = 100;

/**
 * Two turns of the event loop, about 10 us. V8 collects young garbage in a task of the event loop, and the report is
 * what often makes it due. Once the runtime client has asked for the next event Lambda freezes the environment, and the
 * collection would wait for the thaw, and the next caller for the collection (docs/benchmarks.md, the 99th percentile).
 * The first turn may be what is left of this one; a task that V8 has posted runs by the second.
 */
async function yieldToGarbageCollector(): Promise<void> {
  await turn();
  await turn();
}
