import type { EndedInvocation, EnvironmentPool, ObservedTask, PhaseChange } from '../environment/pool';
import type { ExchangeObserver } from '../http/observed-exchange';
import type { LogLine } from '../log/platform-log';
import { Recorder } from './recorder/recorder';
import { startPageServer, type PageServer } from './server/server';
import type { WatchedLambda } from './watched-lambda';

/** What the local Lambda tells of itself as it goes on. */
export interface Listeners {
  readonly onPhase?: ((change: PhaseChange) => void) | undefined;
  readonly onLog?: (line: LogLine) => void;
  readonly onTask?: ((task: ObservedTask) => void) | undefined;
  readonly onEnd?: ((ended: EndedInvocation) => void) | undefined;
}

/** The live page of a local Lambda: it records from the first moment, and is served once there is something to show. */
export class LivePage {
  readonly #recorder = new Recorder();

  readonly onExchange: ExchangeObserver = (exchange) => {
    this.#recorder.takeExchange(exchange);
  };

  /** The page hears all that whoever started the local Lambda hears. */
  listeningTo<Options extends Listeners>(options: Options): Options {
    return {
      ...options,
      onLog: (line: LogLine) => {
        options.onLog?.(line);
        this.#recorder.takeLine(line);
      },
      onTask: (task: ObservedTask) => {
        options.onTask?.(task);
        this.#recorder.takeTask(task);
      },
      onEnd: (ended: EndedInvocation) => {
        options.onEnd?.(ended);
        this.#recorder.takeEnd(ended);
      },
      onPhase: (change: PhaseChange) => {
        options.onPhase?.(change);
        this.#recorder.takePhase(change);
      },
    };
  }

  /** Without it nothing of a function is recorded. */
  addFunctions(pools: readonly EnvironmentPool[]): void {
    for (const { definition } of pools) this.#recorder.addFunction(definition);
  }

  serve(lambda: WatchedLambda, address: { readonly host: string; readonly port: number }): Promise<PageServer> {
    return startPageServer(this.#recorder, lambda, address);
  }
}
