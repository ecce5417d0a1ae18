import type { Logger } from '@aws-lambda-powertools/logger';
import type { StreamifyHandler } from 'aws-lambda';
import type { LambdaAdapter } from './codable-adapter';
import { Invocation } from './invocation';
import { isolate } from './isolation';
import { createLogger } from './logger';

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
    return awslambda.streamifyResponse<unknown>(async (event, responseStream, context) => {
      const invocation = new Invocation(event, responseStream, context, {
        getLogger: () => (this.#logger ??= createLogger(process.env)),
        reserve: this.#reserve,
        coldStart: this.#takeColdStart(),
      });
      await isolate(
        (error) => {
          invocation.stray(error);
        },
        () => invocation.run(this.#adapter),
      );
    });
  }

  #takeColdStart(): boolean {
    const coldStart = this.#coldStart;
    this.#coldStart = false;
    return coldStart;
  }
}
