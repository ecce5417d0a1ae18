import type { FunctionDefinition } from '../template/definition';
import type { EnvironmentLog } from './environment-log';
import type { InvocationErrorPayload } from './invocation-error';
import { Sandbox, type SandboxOptions } from './sandbox';
import { errorOf, failureOf, type SandboxEnd } from './sandbox-end';

export interface InitPhaseOptions {
  /** An init that fails is run once more in the first invocation, at the invocation's expense. */
  readonly phase: 'init' | 'invoke';
  /** What it may take. */
  readonly seconds: number;
  readonly log: EnvironmentLog;
  readonly sandbox: SandboxOptions;
}

/** One init, and the sandbox that comes of it. */
export class InitPhase {
  readonly phase: InitPhaseOptions['phase'];
  readonly sandbox: Sandbox;
  /** Resolves when nothing is left of the sandbox, be it in init or long after; never rejects. */
  readonly ended: Promise<SandboxEnd>;
  readonly #log: EnvironmentLog;
  readonly #startedAt = performance.now();
  #duration: number | undefined;
  #error: InvocationErrorPayload | undefined;

  constructor(definition: FunctionDefinition, { phase, seconds, log, sandbox }: InitPhaseOptions) {
    this.phase = phase;
    this.#log = log;
    this.sandbox = new Sandbox(definition, sandbox);
    this.sandbox.killAfter(seconds);
    this.ended = this.sandbox.ended.then((end) => (this.isDone ? end : this.#failed(end, { definition, seconds })));
  }

  /** Init went well; whatever follows is no longer part of it. */
  get isDone(): boolean {
    return this.#duration !== undefined;
  }

  /** Milliseconds; undefined while init goes on, and when it fails. */
  get duration(): number | undefined {
    return this.#duration;
  }

  done(now: number): void {
    this.#duration = now - this.#startedAt;
    this.#log.initReport({ phase: this.phase, duration: this.#duration });
  }

  /** The runtime says why init fails, and then ends. */
  failing(error: InvocationErrorPayload): void {
    this.#error = error;
  }

  #failed(sandboxEnd: SandboxEnd, { definition, seconds }: { definition: FunctionDefinition; seconds: number }) {
    const end = { ...sandboxEnd, error: sandboxEnd.error ?? this.#error };
    if (end.killedBy !== 'close') {
      const duration = performance.now() - this.#startedAt;
      this.#log.initReport({
        phase: this.phase,
        duration: end.killedBy === 'timeout' ? Math.min(duration, seconds * 1_000) : duration,
        failure: failureOf(errorOf(end, definition, '')),
      });
    }
    return end;
  }
}
