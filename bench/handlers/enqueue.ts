import { object, string } from 'valibot';
import { defineTask, LambdaCodableAdapter, type LambdaResponseWriter, LambdaRuntime } from '../../runtime';

const SendReceipt = defineTask('send receipt', object({ orderId: string() }), () => undefined);

/** As queued-tasks.ts, and puts a task into the queue before it answers. */
const adapter = new LambdaCodableAdapter(object({ message: string() }), {
  async handle({ message }, outputWriter: LambdaResponseWriter<{ echoedMessage: string }>, context) {
    await context.enqueue(SendReceipt.with({ orderId: message }));
    await outputWriter.write({ echoedMessage: message });
  },
});

export const handler = new LambdaRuntime(adapter, { tasks: [SendReceipt] }).run();
