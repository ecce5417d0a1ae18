import { object, string } from 'valibot';
import { defineTask, LambdaCodableAdapter, type LambdaResponseWriter, LambdaRuntime } from '../../runtime';

/** As background-tasks.ts, for a function that has a queued task, which no event here is for. */
const adapter = new LambdaCodableAdapter(object({ message: string() }), {
  async handle({ message }, outputWriter: LambdaResponseWriter<{ echoedMessage: string }>) {
    await outputWriter.write({ echoedMessage: message });
  },
});

const SendReceipt = defineTask('send receipt', object({ orderId: string() }), () => undefined);

export const handler = new LambdaRuntime(adapter, { tasks: [SendReceipt] }).run();
