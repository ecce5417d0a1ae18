import { LambdaHandlerAdapter, LambdaRuntime, waitUntil } from 'background-tasks';
import { sendReceipt } from './send-receipt';

const existing = async (event: { readonly body: string }) => {
  const { order } = JSON.parse(event.body);
  waitUntil(sendReceipt(order), 'receipt');
  return { accepted: order };
};

export const handler = new LambdaRuntime(new LambdaHandlerAdapter(existing)).run();
