import type { Logger } from '@aws-lambda-powertools/logger';
import type { StreamifyHandler } from 'aws-lambda';
import type { LambdaAdapter } from './adapters/adapter';
import { Invocation } from './invocation';
import { isolate } from './isolation';
import { logs } from './log/log-level';
import { createLogger } from './log/logger';
import { ReportWriter } from './log/report';

export interface LambdaRuntimeOptions {
  /**
   * Milliseconds before the deadline at which `context.signal` aborts. When left out, a tenth of the time that remains
   * at the start of the invocation, 200 ms at least and 2 s at most. Never more than the time that remains.
   */
  readonly reserve?: number;
}

/** Ties an adapter to Lambda's Node.js runtime: `export const handler = new LambdaRuntime(adapter).run();` */
export class LambdaRuntime {
  readonly #adapter: LambdaAdapter;
  readonly #reserve: number | undefined;
  readonly #reports = new ReportWriter(process.env);
  #logger: Logger | undefined;
  #coldStart = process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] !== 'provisioned-concurrency';

  /** Throws a RangeError when `reserve` is not a positive number of milliseconds. */
  constructor(adapter: LambdaAdapter, { reserve }: LambdaRuntimeOptions = {}) {
    if (reserve !== undefined && !(Number.isFinite(reserve) && reserve > 0)) {
      throw new RangeError(`Expected reserve to be a positive number of milliseconds, received ${reserve}`);
    }
    this.#adapter = adapter;
    this.#reserve = reserve;
  }

  /**
   * The handler for Lambda to call, marked as streaming. Throws a ReferenceError outside Lambda's Node.js runtime,
   * whose client defines `awslambda` before it loads the function (aws-lambda-ric, src/utils/globals.ts).
   */
  run(): StreamifyHandler<unknown> {
    // What is verbose logs before its answer. Then the logger is loaded while Lambda initializes the function: with more
    // processor than the handler of a small function gets, and with provisioned concurrency before anybody waits.
    if (logs('DEBUG', process.env)) this.#loadLogger();
    return awslambda.streamifyResponse<unknown>(async (event, responseStream, context) => {
      const invocation = new Invocation(event, responseStream, context, {
        getLogger: () => this.#loadLogger(),
        reports: this.#reports,
        reserve: this.#reserve,
        coldStart: this.#takeColdStart(),
      });
      await isolate(
        (error) => {
          invocation.stray(error);
        },
        () => invocation.run(this.#adapter),
      );
      await yieldToGarbageCollector();
    });
  }

  #loadLogger(): Logger {
    return (this.#logger ??= createLogger(process.env));
  }

  #takeColdStart(): boolean {
    const coldStart = this.#coldStart;
    this.#coldStart = false;
    return coldStart;
  }
}

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

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
