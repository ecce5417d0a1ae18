export type { BackgroundTask, Outcome, TaskReport } from './tasks/background-tasks';
export type { LambdaAdapter } from './adapters/adapter';
export { LambdaCodableAdapter, type LambdaCodableAdapterOptions } from './adapters/codable-adapter';
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
export type {
  LambdaResponseWriter,
  LambdaWithBackgroundProcessingHandler,
  ResponseMetadata,
} from './adapters/background-processing-handler';
export { LambdaRuntime, type LambdaRuntimeOptions } from './lambda-runtime';
export type { InvocationReport } from './log/report';
