export type { BackgroundTask, Outcome, TaskReport } from './tasks/background-tasks';
export type { LambdaAdapter } from './adapters/adapter';
export { LambdaCodableAdapter, type LambdaCodableAdapterOptions } from './adapters/codable-adapter';
export {
  type FetchApp,
  type FetchBindings,
  type FetchExecutionContext,
  type FetchHandler,
  type FetchRequest,
  LambdaFetchAdapter,
} from './adapters/fetch-adapter';
export { LambdaHandlerAdapter, type StreamingHandler } from './adapters/handler-adapter';
export type { PlainHandler } from './adapters/plain-handler';
export type { LambdaContext, QueuedTask } from './context';
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
  UnknownTaskError,
  UnsupportedEventError,
  UnsupportedMediaTypeError,
} from './errors';
export type {
  LambdaResponseWriter,
  LambdaWithBackgroundProcessingHandler,
} from './adapters/background-processing-handler';
export { defineTask, type TaskContext, type TaskDefinition } from './queue/define-task';
export { EnqueueError, LambdaApiError, QueuedTaskTooLargeError, TaskInputError } from './queue/errors';
export { LambdaRuntime, type LambdaRuntimeOptions } from './lambda-runtime';
export type { LambdaLogger, LogDetail } from './log/logger';
export type { InvocationReport } from './log/report';
export type { HttpRequest } from './request/http-request';
export type { DirectRequest, InvocationRequest } from './request/invocation-request';
export type { BodyPart } from './response/body-part';
export type { ResponseMetadata } from './response/response-metadata';
export type { HandlerStream } from './response/handler-stream';
export type { BodyWriter, ResponseStream } from './response/response-stream';
export { streamBody } from './response/stream-body';
export { waitUntil } from './wait-until';
