/** An answer of the Lambda API that is an error, with the name by which an SDK knows it. */
export class LambdaApiError extends Error {
  override readonly name = 'LambdaApiError';
  readonly status: number;
  readonly errorType: string;
  readonly body: object;

  constructor(status: number, errorType: string, message: string, details: object = { Type: 'User' }) {
    super(message);
    this.status = status;
    this.errorType = errorType;
    this.body = { ...details, message };
  }
}

export const functionNotFound = (arn: string): LambdaApiError =>
  new LambdaApiError(404, 'ResourceNotFoundException', `Function not found: ${arn}`);

export const invalidContent = (message: string): LambdaApiError =>
  new LambdaApiError(400, 'InvalidRequestContentException', message);

export const invalidParameter = (message: string): LambdaApiError =>
  new LambdaApiError(400, 'InvalidParameterValueException', message);

/** The function is there, but its code or its settings do not let it run. */
export const functionFailed = (name: string): LambdaApiError =>
  new LambdaApiError(
    409,
    'ResourceConflictException',
    `The function ${name} is currently in the following state: Failed. The log of the local Lambda says why.`,
  );

/** The request does not fit the model of the API: an SDK would not even send it. */
export const invalidRequest = (field: string, value: string, constraint: string): LambdaApiError =>
  new LambdaApiError(
    400,
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must satisfy ${constraint}`,
    {},
  );

export const requestTooLarge = (limit: number): LambdaApiError =>
  new LambdaApiError(
    413,
    'RequestTooLargeException',
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
  );

export const tooManyRequests = (): LambdaApiError =>
  new LambdaApiError(429, 'TooManyRequestsException', 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
  });

export const recursiveInvocation = (): LambdaApiError =>
  new LambdaApiError(
    400,
    'RecursiveInvocationException',
    'Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and ' +
      "stopped your function's invocation.",
  );

export const unknownOperation = (operation: string): LambdaApiError =>
  new LambdaApiError(404, 'UnknownOperationException', `Expected an invocation of a function, received ${operation}`);

/** What is not the client's fault; an SDK tries again. */
export const serviceFailure = (): LambdaApiError =>
  new LambdaApiError(500, 'ServiceException', 'An error occurred and the request cannot be processed.', {
    Type: 'Service',
  });
