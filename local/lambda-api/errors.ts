/** An answer of the Lambda API that is an error, with the name by which an SDK knows it. */
export class LambdaApiError extends Error {
  override readonly name = 'LambdaApiError';
  readonly status: number;
  readonly errorType: string;
  readonly reason: string | undefined;

  constructor(status: number, errorType: string, message: string, reason?: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
    this.reason = reason;
  }

  get body(): string {
    return JSON.stringify({ ...(this.reason ? { Reason: this.reason } : {}), Type: 'User', message: this.message });
  }
}

export const functionNotFound = (arn: string): LambdaApiError =>
  new LambdaApiError(404, 'ResourceNotFoundException', `Function not found: ${arn}`);

export const invalidContent = (message: string): LambdaApiError =>
  new LambdaApiError(400, 'InvalidRequestContentException', message);

export const invalidParameter = (message: string): LambdaApiError =>
  new LambdaApiError(400, 'InvalidParameterValueException', message);

export const requestTooLarge = (limit: number): LambdaApiError =>
  new LambdaApiError(
    413,
    'RequestTooLargeException',
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
  );

export const tooManyRequests = (): LambdaApiError =>
  new LambdaApiError(
    429,
    'TooManyRequestsException',
    'Rate Exceeded.',
    'ReservedFunctionConcurrentInvocationLimitExceeded',
  );

export const unknownOperation = (operation: string): LambdaApiError =>
  new LambdaApiError(404, 'UnknownOperationException', `Expected an invocation of a function, got ${operation}`);
