import { setTimeout } from 'node:timers/promises';
import { type InferOutput, object, string } from 'valibot';
import type { LambdaContext, LambdaResponseWriter, LambdaWithBackgroundProcessingHandler } from '../../runtime';
import { readBackgroundSeconds } from './background-seconds';

export const Input = object({ message: string() });
export type Input = InferOutput<typeof Input>;

export interface Greeting {
  readonly echoedMessage: string;
}

/** Echoes the message at once, then works on for BACKGROUND_SECONDS, 10 unless set. */
export class BackgroundProcessingHandler implements LambdaWithBackgroundProcessingHandler<Input, Greeting> {
  readonly #backgroundSeconds = readBackgroundSeconds(process.env);

  async handle(event: Input, outputWriter: LambdaResponseWriter<Greeting>, context: LambdaContext): Promise<void> {
    const { logger, signal } = context;
    logger.debug('BackgroundProcessingHandler - message received');

    await outputWriter.write({ echoedMessage: event.message });
    logger.debug('BackgroundProcessingHandler - response sent. Performing background tasks.');

    try {
      // Where your own work goes: write an audit record, send a notification, warm a cache. The signal ends it in time.
      await setTimeout(this.#backgroundSeconds * 1_000, undefined, { signal });
    } catch (cause) {
      if (!signal.aborted) throw cause;
      const work = `Background work of ${this.#backgroundSeconds} seconds`;
      throw new Error(`${work} needs longer than the Timeout leaves; raise Timeout in template.yaml`, { cause });
    }

    logger.debug('BackgroundProcessingHandler - Background tasks completed. Returning');
  }
}
