import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '../log/platform-log';
import type { FunctionDefinition } from '../template/definition';
import type { EndedInvocation } from './invocation';
import { nodeBinaryFor, type NodeBinary } from './process/node-binary';
import type { TaskChange } from './process/output';

export interface EnvironmentOptions {
  /** Where the handler's file is, after a build. */
  readonly codeFolder: string;
  readonly region: string;
  /** The entry file of the runtime interface client; AWS's own, of the Node.js 24 runtime, by default. */
  readonly ric?: string | undefined;
  /**
   * The process waits for a debugger at this port before it does anything. No deadline ends it, nor idleness, it is never
   * frozen, and there is one environment only, which invocations wait for.
   */
  readonly debugPort?: number | undefined;
  /** What Lambda gives an init before it runs it once more, within the timeout of the invocation: 10 by default. */
  readonly initSeconds?: number | undefined;
  /** How long an environment waits for an invocation before it is retired, 300 by default; for ever in a debugger. */
  readonly idleSeconds?: number | undefined;
  /** Tells, whenever a process is started, at which URL the local Lambda API answers: the function finds it there. */
  readonly lambdaApi?: (() => string | undefined) | undefined;
  readonly onLog: (line: LogLine) => void;
  /** Called when a background task of the library begins, and again when its outcome is known. */
  readonly onTask?: ((task: ObservedTask) => void) | undefined;
  /** Called when an invocation is over, after the last line of its log. Not for one that `close` has ended. */
  readonly onEnd?: ((ended: EndedInvocation) => void) | undefined;
}

export interface ObservedTask extends TaskChange {
  readonly requestId: string;
}

/** What the environments of one function have in common: passed down whole, read where it is needed. */
export interface EnvironmentSettings extends EnvironmentOptions {
  readonly definition: FunctionDefinition;
  readonly node: NodeBinary;
  readonly ric: string;
  readonly initSeconds: number;
  readonly idleSeconds: number;
}

export const environmentSettings = (
  definition: FunctionDefinition,
  options: EnvironmentOptions,
): EnvironmentSettings => ({
  ...options,
  definition,
  node: nodeBinaryFor(definition.runtime),
  ric: options.ric ?? runtimeClient(),
  initSeconds: options.initSeconds ?? 10,
  idleSeconds: options.idleSeconds ?? 300,
});

/** The npm package carries a copy, since that of AWS compiles an addon when it is installed. This repository has AWS's. */
function runtimeClient(): string {
  const carried = join(__dirname, '../../aws-lambda-ric/index.mjs');
  return existsSync(carried) ? carried : require.resolve('aws-lambda-ric');
}
