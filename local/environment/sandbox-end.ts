import type { PlatformFailure } from '../log/platform-log';
import type { FunctionDefinition } from '../template/definition';
import { outOfMemory, runtimeExited, timedOut, type Exit, type InvocationErrorPayload } from './invocation-error';

/** Why a sandbox is no more. */
export interface SandboxEnd {
  readonly exit: Exit;
  readonly killedBy: 'timeout' | 'memory' | 'close' | undefined;
  /** Present when it could not even be started, or when its runtime has said why init failed. */
  readonly error?: InvocationErrorPayload | undefined;
}

export const nothingRan: Exit = { code: null, signal: null };

/** There was no need to start it any more. */
export const closedEarly: SandboxEnd = { exit: nothingRan, killedBy: 'close' };

/** What the caller is told. */
export function errorOf(
  { exit, killedBy, error }: SandboxEnd,
  { timeout }: FunctionDefinition,
  requestId: string,
): InvocationErrorPayload {
  if (error) return error;
  if (killedBy === 'timeout') return timedOut(requestId, timeout);
  return killedBy === 'memory' ? outOfMemory(requestId) : runtimeExited(requestId, exit);
}

/** What REPORT and INIT_REPORT tell. */
export const failureOf = ({ errorType }: InvocationErrorPayload): PlatformFailure =>
  errorType === 'Sandbox.Timedout' ? { status: 'timeout' } : { status: 'error', errorType };
