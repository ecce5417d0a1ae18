import * as v from 'valibot';
import type { PlatformFailure } from '../log/platform-log';
import type { FunctionDefinition } from '../template/definition';
import type { Exit } from './process/spawn';

/** A failed invocation as AWS tells it to the caller. */
export interface InvocationErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Why the body of a response ended too early: the function failed after it had sent the first byte. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';
  readonly payload: InvocationErrorPayload;

  constructor(payload: InvocationErrorPayload) {
    super(`${payload.errorType}: ${payload.errorMessage}`);
    this.payload = payload;
  }
}

/** Reads what the runtime client posts as JSON; what is not an error as Lambda defines it is told all the same. */
export function parseInvocationError(json: string, errorType = 'Runtime.Unknown'): InvocationErrorPayload {
  const posted = v.safeParse(PostedError, json);
  if (!posted.success) return { errorType, errorMessage: json };
  const { errorType: ownType = errorType, errorMessage, trace } = posted.output;
  return { errorType: ownType, errorMessage, ...(trace && { trace }) };
}

/** Why the process of an environment is no more. */
export interface ProcessEnd {
  readonly exit: Exit;
  readonly killedBy: 'timeout' | 'memory' | 'close' | undefined;
  /** Before its runtime has asked for a first invocation. */
  readonly duringInit: boolean;
  /** Present when it could not even be started, or when its runtime has said why init failed. */
  readonly error?: InvocationErrorPayload | undefined;
}

export const nothingRan: Exit = { code: null, signal: null };

/** What the caller is told. */
export function errorOf(
  { exit, killedBy, error }: ProcessEnd,
  { timeout }: Pick<FunctionDefinition, 'timeout'>,
  requestId: string,
): InvocationErrorPayload {
  if (error) return error;
  if (killedBy === 'timeout') return timedOut(requestId, timeout);
  return killedBy === 'memory' ? outOfMemory(requestId) : runtimeExited(requestId, exit);
}

/** What REPORT and INIT_REPORT tell. */
export const failureOf = ({ errorType }: InvocationErrorPayload): PlatformFailure =>
  errorType === 'Sandbox.Timedout' ? { status: 'timeout' } : { status: 'error', errorType };

const PostedError = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    errorType: v.fallback(v.optional(v.string()), undefined),
    errorMessage: v.fallback(v.string(), ''),
    trace: v.fallback(v.optional(v.array(v.string())), undefined),
  }),
);

const timedOut = (requestId: string, seconds: number): InvocationErrorPayload => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

const runtimeExited = (requestId: string, exit: Exit): InvocationErrorPayload => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: ${describe(exit)}`,
});

const outOfMemory = (requestId: string): InvocationErrorPayload => ({
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `RequestId: ${requestId} Error: ${describe({ code: null, signal: 'SIGKILL' })}`,
});

const signalNames: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

function describe({ code, signal }: Exit): string {
  if (signal) return `Runtime exited with error: signal: ${signalNames[signal] ?? signal}`;
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
}
