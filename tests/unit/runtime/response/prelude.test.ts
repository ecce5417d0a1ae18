import { InvalidResponseError } from '../../../../runtime/errors';
import { anything, assert, dictionary, oneof, property, record, string } from 'fast-check';
import { array, number, object, optional, parse, record as recordOf, string as text } from 'valibot';
import type { ResponseMetadata } from '../../../../runtime';
import { jsonPrelude, responsePrelude } from '../../../../runtime/response/prelude';

/** What Lambda reads: the JSON before the 8 NUL bytes. */
function sent(metadata?: ResponseMetadata): unknown {
  const { encoded } = jsonPrelude(metadata);
  expect(encoded.slice(-8)).toBe('\0'.repeat(8));
  return JSON.parse(encoded.slice(0, -8));
}

test('says 200 and application/json unless told otherwise', () => {
  const plain = { statusCode: 200, headers: { 'content-type': 'application/json' } };
  expect([sent(), sent({})]).toEqual([plain, plain]);
});

test('of a body that is not JSON says no content type unless told', () => {
  expect(responsePrelude({}).encoded).toContain('"headers":{}');
});

test('keeps status, headers in lower case, and cookies', () => {
  const metadata = { statusCode: 201, headers: { 'Content-Type': 'text/x', ETag: '"1"' }, cookies: ['a=1; Path=/'] };
  expect(sent(metadata)).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'text/x', etag: '"1"' },
    cookies: ['a=1; Path=/'],
  });
});

test.each([204, 304])('names no content type with %i, which has no body', (statusCode) => {
  expect(sent({ statusCode })).toEqual({ statusCode, headers: {} });
});

test('says the cookies of the headers before those of `cookies`', () => {
  expect(sent({ headers: [['Set-Cookie', 'a=1']], cookies: ['b=2'] })).toMatchObject({ cookies: ['a=1', 'b=2'] });
});

test.each<[unknown, string]>([
  [199, 'Expected a status code from 200 to 599, received 199'],
  [600, 'Expected a status code from 200 to 599, received 600'],
  [200.5, 'Expected a status code from 200 to 599, received 200.5'],
  [NaN, 'Expected a status code from 200 to 599, received NaN'],
  ['404', 'Expected a status code that is a number, received string'],
  [null, 'Expected a status code that is a number, received null'],
  [404n, 'Expected a status code that is a number, received bigint'],
])('refuses the status %p', (statusCode, message) => {
  expect(sending({ statusCode })).toThrow(InvalidResponseError);
  expect(sending({ statusCode })).toThrow(message);
});

test.each([null, 404, 'Not Found'])('refuses %p in the place of status, headers and cookies', (metadata) => {
  expect(sending(metadata)).toThrow(InvalidResponseError);
  expect(sending(metadata)).toThrow('Expected status, headers and cookies in an object, received');
});

/** As from JavaScript, where no type says what is allowed. */
function sending(metadata: unknown): () => void {
  return () => {
    Reflect.apply(responsePrelude, undefined, [metadata]);
  };
}

const Prelude = object({
  statusCode: number(),
  headers: recordOf(text(), text()),
  cookies: optional(array(text())),
});

test('whatever the metadata is, it is either refused or a prelude that Lambda can read', () => {
  const headers = oneof(anything(), dictionary(string(), oneof(string(), anything())));
  const metadata = oneof(
    anything(),
    record({ statusCode: anything(), headers, cookies: anything() }, { requiredKeys: [] }),
    record({ headers: dictionary(string(), string()) }),
  );
  assert(
    property(metadata, (given) => {
      try {
        const prelude: unknown = Reflect.apply(responsePrelude, undefined, [given]);
        const { encoded } = parse(object({ encoded: text() }), prelude);
        parse(Prelude, JSON.parse(encoded.slice(0, -8)));
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidResponseError);
      }
    }),
    { numRuns: 2_000 },
  );
});
