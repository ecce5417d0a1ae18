import { KeptBody, mostBytes } from '../../../../../local/page/recorder/kept-body';

function kept(...chunks: (string | Buffer)[]) {
  const body = new KeptBody();
  for (const chunk of chunks) body.add(Buffer.from(chunk));
  return body.state;
}

test('a body is put together, also where a character was cut in two', () => {
  const euro = Buffer.from('€');
  expect(kept('1 ', euro.subarray(0, 1), euro.subarray(1))).toEqual({ bytes: 5, dropped: 0, text: '1 €' });
});

test('past the first megabyte nothing is kept, and the rest is counted', () => {
  const { bytes, dropped, text } = kept('x'.repeat(mostBytes - 1), '€€', 'more');
  expect({ bytes, dropped }).toEqual({ bytes: mostBytes + 9, dropped: 9 });
  // Half a character is none.
  expect(text).toBe('x'.repeat(mostBytes - 1));
});

test.each([
  ['what is no UTF-8', Buffer.from([0xff, 0xfe, 1])],
  ['bytes among which is a zero', Buffer.from([65, 0, 66])],
])('%s is no text', (_what, content) => {
  expect(kept(content)).toEqual({ bytes: 3, dropped: 0, text: undefined });
});
