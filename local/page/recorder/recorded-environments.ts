import type { Phase } from '../../environment/phase';
import type { EnvironmentState, InvocationState } from '../state';

/** How long one that has ended is still shown. */
const afterlife = 3_000;

/** The execution environments, each with what it is at. */
export class RecordedEnvironments {
  readonly #environments = new Map<string, RecordedEnvironment>();
  #version = 0;

  /** Another number after each change. */
  get version(): number {
    return this.#version;
  }

  enter(
    id: string,
    { functionName, phase, at }: { readonly functionName: string; readonly phase: Phase; readonly at: number },
  ): RecordedEnvironment {
    const environment = this.#environments.get(id) ?? new RecordedEnvironment(id, functionName);
    this.#environments.set(id, environment);
    environment.enter(phase, at);
    this.#version += 1;
    if (phase === 'ended') {
      setTimeout(() => {
        this.#environments.delete(id);
        this.#version += 1;
      }, afterlife).unref();
    }
    return environment;
  }

  get states(): EnvironmentState[] {
    return [...this.#environments.values()].map(({ state }) => state);
  }
}

class RecordedEnvironment {
  readonly #id: string;
  readonly #functionName: string;
  #phase: Phase = 'starting';
  #initAt: number | undefined;
  #invocations = 0;

  constructor(id: string, functionName: string) {
    this.#id = id;
    this.#functionName = functionName;
  }

  enter(phase: Phase, at: number): void {
    this.#phase = phase;
    if (phase === 'init') this.#initAt = at;
    if (phase === 'busy') this.#invocations += 1;
  }

  /** When it was initialised; told once, to the first invocation. */
  takeInit(to: number): InvocationState['init'] {
    const from = this.#initAt;
    this.#initAt = undefined;
    return from === undefined ? undefined : { from, to };
  }

  get state(): EnvironmentState {
    return {
      id: this.#id,
      functionName: this.#functionName,
      phase: this.#phase,
      invocations: this.#invocations,
    };
  }
}
