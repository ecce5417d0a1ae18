import { object, string } from 'valibot';
import { LambdaCodableAdapter, type LambdaResponseWriter, LambdaRuntime } from '../../runtime';

/** This project's library, as the function BackgroundTasks uses it, but without background work. */
const adapter = new LambdaCodableAdapter(object({ message: string() }), {
  async handle({ message }, outputWriter: LambdaResponseWriter<{ echoedMessage: string }>) {
    await outputWriter.write({ echoedMessage: message });
  },
});

export const handler = new LambdaRuntime(adapter).run();
