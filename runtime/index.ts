export type { BackgroundTask, Outcome, TaskReport } from './background-tasks';
export { type LambdaAdapter, LambdaCodableAdapter, type LambdaCodableAdapterOptions } from './codable-adapter';
export type { LambdaContext } from './context';
export {
  BadRequestError,
  DeadlineApproachingError,
  InvalidResponseError,
  InvocationEndedError,
  type Issue,
  MethodNotAllowedError,
  OutputEncodingError,
  PayloadTooLargeError,
  RequestError,
  ResponseAlreadySentError,
  ResponseNotSentError,
  ResponseStreamError,
  UnsupportedMediaTypeError,
} from './errors';
export type { LambdaResponseWriter, LambdaWithBackgroundProcessingHandler, ResponseMetadata } from './handler';
export { LambdaRuntime, type LambdaRuntimeOptions } from './lambda-runtime';
export type { InvocationReport } from './report';
