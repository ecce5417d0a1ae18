import { LambdaCodableAdapter, LambdaRuntime } from 'background-tasks';
import type { LambdaContext, LambdaResponseWriter, LambdaWithBackgroundProcessingHandler } from 'background-tasks';
import { type InferOutput, object, string } from 'valibot';
import { sendReceipt } from './send-receipt';

const Input = object({ order: string() });
type Input = InferOutput<typeof Input>;

class Confirmation implements LambdaWithBackgroundProcessingHandler<Input, object> {
  async handle({ order }: Input, outputWriter: LambdaResponseWriter<object>, context: LambdaContext): Promise<void> {
    await outputWriter.write({ accepted: order });
    context.waitUntil(sendReceipt(order), 'receipt');
  }
}

export const handler = new LambdaRuntime(new LambdaCodableAdapter(Input, new Confirmation())).run();
