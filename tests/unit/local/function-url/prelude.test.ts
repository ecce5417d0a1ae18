import fc from 'fast-check';
import { parseMetadata, readPrelude } from '../../../../local/function-url/prelude';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

describe('a prelude', () => {
  test('is read the same however the bytes were cut, and none of the body is lost', async () => {
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 40 }),
      fc.string(),
      fc.integer({ min: 1, max: 30 }),
      async (content, value, size) => {
        const prelude = Buffer.from(JSON.stringify({ statusCode: 201, headers: { 'X-Value': value } }));
        const chunks = pieces(Buffer.concat([prelude, Buffer.alloc(8), content]), size);
        const { metadata, rest } = await readPrelude(chunks);
        const body = [rest];
        for await (const chunk of chunks) body.push(chunk);
        expect(metadata).toEqual({ statusCode: 201, headers: { 'x-value': value }, cookies: [] });
        expect(Buffer.concat(body)).toEqual(Buffer.from(content));
      },
    );
    await fc.assert(property);
  });

  test('that never ends says how much there was', async () => {
    await expect(readPrelude(pieces(Buffer.from('{}\0\0\0'), 2))).rejects.toThrow('received 5 bytes without them');
  });

  test('that is not JSON is refused', async () => {
    await expect(readPrelude(pieces(Buffer.from('text\0\0\0\0\0\0\0\0'), 3))).rejects.toThrow(SyntaxError);
  });

  test.each(['[1]', '1', 'null', '"text"'])('that is %s, and so no object, is refused', async (json) => {
    await expect(readPrelude(pieces(Buffer.from(`${json}\0\0\0\0\0\0\0\0body`), 3))).rejects.toThrow(
      `Expected response metadata as a JSON object, received ${json}`,
    );
  });

  test('without anything in it is a 200', () => {
    expect(parseMetadata({})).toEqual({ statusCode: 200, headers: {}, cookies: [] });
  });

  test('may have its status as text, as on AWS', () => {
    expect(parseMetadata({ statusCode: '418' })).toMatchObject({ statusCode: 418 });
  });

  test.each([[0], [99], [600], [1.5], ['ok'], [null]])('with the status %p is refused', (statusCode) => {
    expect(() => parseMetadata({ statusCode })).toThrow(
      `Expected statusCode from 200 to 599, received ${JSON.stringify(statusCode)}`,
    );
  });
});
