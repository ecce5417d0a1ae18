import { endOfTick } from '../../../runtime/clock';

test('the end of a tick comes after what was put off to the next one, and before the next turn of the event loop', async () => {
  const order: string[] = [];
  const nextTurn = new Promise<void>((resolve) =>
    setImmediate(() => {
      order.push('next turn');
      resolve();
    }),
  );
  // As http does with a request, to write it to its connection.
  process.nextTick(() => order.push('put off before'));
  await endOfTick();
  order.push('end of tick');
  await nextTurn;
  expect(order).toEqual(['put off before', 'end of tick', 'next turn']);
});
