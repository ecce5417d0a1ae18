import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaCodableAdapter, LambdaRuntime } from 'background-tasks';
import { object, string } from 'valibot';

const adapter = new LambdaCodableAdapter(object({ message: string() }), {
  async handle({ message }, writer, context) {
    await writer.write({ echoedMessage: message });
    context.waitUntil(sleep(Number(process.env['BACKGROUND_SECONDS']) * 1_000), 'audit record');
    context.logger.info('answered');
  },
});
export const handler = new LambdaRuntime(adapter).run();
