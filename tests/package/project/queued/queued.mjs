import { defineTask, LambdaCodableAdapter, LambdaRuntime } from 'background-tasks';
import { object, string } from 'valibot';

const Input = object({ message: string() });
const Greet = defineTask('greet', Input, ({ message }, context) => {
  context.logger.info(`greeted by ${context.functionName}: ${message}`);
});
const adapter = new LambdaCodableAdapter(Input, {
  async handle(input, writer, context) {
    await context.enqueue(Greet.with(input));
    await writer.write({ queued: true });
  },
});
export const handler = new LambdaRuntime(adapter, { tasks: [Greet] }).run();
