import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { RequestError, toError } from '../errors';
import type { HandlerOutcome } from '../handler-outcome';
import type { ReportWriter } from './report';

interface InvocationLogOptions {
  readonly getLogger: () => Logger;
  readonly reports: ReportWriter;
}

/**
 * The log of one invocation. It counts what fails, since Lambda's own Errors metric shows nothing that comes after the
 * answer.
 */
export class InvocationLog {
  readonly #getLogger: () => Logger;
  readonly #reports: ReportWriter;
  readonly #context: Context;
  #logger: Logger | undefined;
  #failures = 0;
  #reported = false;

  constructor({ getLogger, reports }: InvocationLogOptions, context: Context) {
    this.#getLogger = getLogger;
    this.#reports = reports;
    this.#context = context;
  }

  /**
   * The logger of the environment, with this invocation's context and no key of an earlier one. It is loaded and
   * prepared when it is first asked for: a handler that logs nothing answers without waiting for that.
   */
  get logger(): Logger {
    if (this.#logger === undefined) {
      this.#logger = this.#getLogger();
      this.#logger.resetKeys();
      this.#logger.addContext(this.#context);
    }
    return this.#logger;
  }

  /** Writes one ERROR record. One that comes after the report is a metric of its own, and names its own request. */
  addFailure(message: string, error: unknown, details: Readonly<Record<string, string>> = {}): void {
    if (!this.#reported) {
      this.#failures += 1;
      this.logger.error(message, { ...details, error: toError(error) });
      return;
    }
    this.logger.error(`${message}, after its invocation had ended`, {
      ...details,
      // By now the logger may be at a later invocation.
      function_request_id: this.#context.awsRequestId,
      error: toError(error),
    });
    this.#reports.writeLateFailure(this.#context);
  }

  /** Writes what went wrong with `handle`; `untold` is the error that its caller gets instead of an answer. */
  addHandlerOutcome(ended: HandlerOutcome, untold: { readonly error: unknown } | undefined): void {
    if (ended.outcome === 'cut off') this.addCutOff('Handler cut off');
    if (ended.outcome !== 'failed') {
      if (untold !== undefined) this.addFailure('Response not sent', untold.error);
    } else if (untold !== undefined && ended.error instanceof RequestError) {
      this.#addRefusal(ended.error);
    } else {
      this.addFailure(`Handler failed ${untold === undefined ? 'after' : 'before'} the response`, ended.error);
    }
  }

  /** Writes one ERROR record. What is cut off has a metric of its own. */
  addCutOff(message: string, details: Readonly<Record<string, string>> = {}): void {
    this.logger.error(message, details);
  }

  /** The number of failures for the report, which is about to be written. */
  close(): number {
    this.#reported = true;
    return this.#failures;
  }

  /** Writes one WARN record, which quotes nothing of what the caller sent. */
  #addRefusal({ name, statusCode, issues }: RequestError): void {
    this.logger.warn('Request refused', { error_type: name, status_code: statusCode, issues: issues.length });
  }
}
