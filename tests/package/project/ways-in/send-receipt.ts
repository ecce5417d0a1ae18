import { setTimeout } from 'node:timers/promises';

export async function sendReceipt(order: string) {
  await setTimeout(1_000);
  console.log(`Receipt of ${order} sent`);
}
