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

export const timedOut = (requestId: string, seconds: number): InvocationErrorPayload => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export const runtimeExited = (requestId: string, exit: Exit): InvocationErrorPayload => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: ${describe(exit)}`,
});

export const outOfMemory = (requestId: string): InvocationErrorPayload => ({
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `RequestId: ${requestId} Error: ${describe({ code: null, signal: 'SIGKILL' })}`,
});

/** Reads what the runtime client posts as JSON; what is not an error as Lambda defines it is told all the same. */
export function parseInvocationError(json: string, errorType = 'Runtime.Unknown'): InvocationErrorPayload {
  const posted = parse(json);
  if (typeof posted !== 'object' || posted === null) return { errorType, errorMessage: json };
  return {
    errorType: 'errorType' in posted && typeof posted.errorType === 'string' ? posted.errorType : errorType,
    errorMessage: 'errorMessage' in posted && typeof posted.errorMessage === 'string' ? posted.errorMessage : '',
    ...('trace' in posted && isTrace(posted.trace) ? { trace: posted.trace } : {}),
  };
}

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

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isTrace = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');
