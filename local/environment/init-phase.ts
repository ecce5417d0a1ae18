import type { FunctionDefinition } from '../template/definition';
import type { EnvironmentLog } from './environment-log';
import { errorOf, failureOf, type InvocationErrorPayload, type ProcessEnd } from './invocation-error';
import { RuntimeProcess, type RuntimeProcessOptions } from './runtime-process';

export interface InitPhaseOptions {
  /** An init that fails is run once more in the first invocation, at the invocation's expense. */
  readonly phase: 'init' | 'invoke';
  /** What it may take. */
  readonly seconds: number;
  readonly log: EnvironmentLog;
  readonly process: RuntimeProcessOptions;
}

/** One init, and the process that comes of it. */
export class InitPhase {
  readonly phase: InitPhaseOptions['phase'];
  readonly process: RuntimeProcess;
  /** Resolves when nothing is left of the process, be it in init or long after; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly #log: EnvironmentLog;
  readonly #startedAt = performance.now();
  #duration: number | undefined;
  #error: InvocationErrorPayload | undefined;

  constructor(definition: FunctionDefinition, { phase, seconds, log, process }: InitPhaseOptions) {
    this.phase = phase;
    this.#log = log;
    this.process = new RuntimeProcess(definition, process);
    this.process.killAfter(seconds);
    this.ended = this.process.ended.then((end) => (this.isDone ? end : this.#failed(end, { definition, seconds })));
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

  #failed(processEnd: ProcessEnd, { definition, seconds }: { definition: FunctionDefinition; seconds: number }) {
    const end = { ...processEnd, error: processEnd.error ?? this.#error };
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
