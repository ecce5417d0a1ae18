import type { Recorder } from '../recorder/recorder';
import type { FunctionState, PagePatch, PageState } from '../state';
import type { WatchedLambda } from '../watched-lambda';

type Lists = Pick<PageState, 'functions' | 'environments' | 'queue'>;

/** The lists that are sent whole, each again when anything of it has changed. */
export class PageLists {
  readonly #recorder: Recorder;
  readonly #lambda: WatchedLambda;
  #functionsSent = '';
  #environmentsSent = 0;
  #queueSent = '';

  constructor(recorder: Recorder, lambda: WatchedLambda) {
    this.#recorder = recorder;
    this.#lambda = lambda;
  }

  get all(): Lists {
    const environments = this.#recorder.environments.states;
    return { functions: this.#functions, environments, queue: this.#lambda.queuedEvents() };
  }

  /** Those that have changed since the last call. */
  takeChanged(): Pick<PagePatch, keyof Lists> {
    const { environments } = this.#recorder;
    const functions = this.#functions;
    const functionsNow = JSON.stringify(functions);
    const queue = this.#lambda.queuedEvents();
    const queueNow = JSON.stringify(queue);
    const changed = {
      ...(functionsNow !== this.#functionsSent && { functions }),
      ...(environments.version !== this.#environmentsSent && { environments: environments.states }),
      ...(queueNow !== this.#queueSent && { queue }),
    };
    this.#functionsSent = functionsNow;
    this.#environmentsSent = environments.version;
    this.#queueSent = queueNow;
    return changed;
  }

  /** One that is mended after the start comes to them. */
  get #functions(): FunctionState[] {
    const { pools, functionUrls } = this.#lambda;
    return pools.map(({ definition: { name } }) => ({
      name,
      url: functionUrls.find(({ functionName }) => functionName === name)?.url,
    }));
  }
}
