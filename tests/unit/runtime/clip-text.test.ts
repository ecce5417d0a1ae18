import fc from 'fast-check';
import { clipText } from '../../../runtime/clip-text';
import { fastest } from '../../helpers/fastest';

const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

test('a text that has room stays as it is', () => {
  expect(clipText('a "short" text', 100)).toBe('a "short" text');
  expect(clipText('x'.repeat(100), 100)).toBe('x'.repeat(100));
});

test('of a longer one the beginning stays, and how much is left out', () => {
  expect(clipText('x'.repeat(1_000), 100)).toBe(`${'x'.repeat(60)}... (940 more characters)`);
});

test('whatever the text, it takes no more than the bytes it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 100, max: 500 }), (text, bytes) => {
      const clipped = clipText(text, bytes);
      expect(bytesOf(clipped)).toBeLessThanOrEqual(bytes);
      if (bytesOf(text) <= bytes) expect(clipped).toBe(text);
    }),
  );
});

test.each([
  ['control characters', '\u0000'],
  ['halves of a pair', '\ud800'],
  ['three bytes each', '\u4e2d'],
  ['four bytes for two', '\u{1f600}'],
])('counts the bytes of %s', (_, character) => {
  expect(bytesOf(clipText(character.repeat(10_000), 200))).toBeLessThanOrEqual(200);
});

test('a huge text is not encoded whole', () => {
  const huge = Buffer.alloc(100 * 1024 * 1024, 'x').toString('latin1');
  expect(fastest(() => clipText(huge, 8_192))).toBeLessThan(fastest(() => JSON.stringify(huge)) / 10);
});
