import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { type RequestError, toError } from './errors';
import { writeLateFailure } from './report';

/** Logs what failed in one invocation, and counts it: Lambda's own Errors metric shows nothing that comes after the answer. */
export class FailureLog {
  readonly #logger: Logger;
  readonly #context: Context;
  #count = 0;
  #reported = false;

  constructor(logger: Logger, context: Context) {
    this.#logger = logger;
    this.#context = context;
  }

  /** Writes one ERROR record. One that comes after the report is a metric of its own, and names its own request. */
  add(message: string, error: unknown, details: Readonly<Record<string, string>> = {}): void {
    if (!this.#reported) {
      this.#count += 1;
      this.#logger.error(message, { ...details, error: toError(error) });
      return;
    }
    const { awsRequestId, functionName } = this.#context;
    this.#logger.error(`${message}, after its invocation had ended`, {
      ...details,
      request_id: awsRequestId,
      error: toError(error),
    });
    writeLateFailure(functionName).catch((cause: unknown) => {
      this.#logger.error('Metric could not be written', toError(cause));
    });
  }

  /** Writes one WARN record, which quotes nothing of what the caller sent. */
  addRefusal({ name, statusCode, issues }: RequestError): void {
    this.#logger.warn('Request refused', { error_type: name, status_code: statusCode, issues: issues.length });
  }

  /** Writes one ERROR record. What is cut off has a metric of its own. */
  addCutOff(message: string, details: Readonly<Record<string, string>> = {}): void {
    this.#logger.error(message, details);
  }

  /** The number of failures for the report, which is about to be written. */
  close(): number {
    this.#reported = true;
    return this.#count;
  }
}
