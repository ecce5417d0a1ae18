import { InvalidResponseError } from '../../../../runtime/errors';
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

test.each([
  ['a status below 200', { statusCode: 199 }, 'Expected a status code from 200 to 599, received 199'],
  ['a status above 599', { statusCode: 600 }, 'Expected a status code from 200 to 599, received 600'],
  ['a status that is not whole', { statusCode: 200.5 }, 'Expected a status code from 200 to 599, received 200.5'],
  [
    'a line break in a header',
    { headers: { 'x-a': 'secret\r\nx-b: 1' } },
    'Expected header "x-a" to have only characters that HTTP allows',
  ],
  ['a space in a name', { headers: { 'x a': '1' } }, 'Expected header "x a" to have only characters that HTTP allows'],
  [
    'a name twice',
    { headers: { 'X-A': '1', 'x-a': '2' } },
    'Expected each header once, received "x-a" twice in different case',
  ],
  [
    'a line break in a cookie',
    { cookies: ['ok=1', 'a=1\n'] },
    'Expected cookies[1] to have only characters that HTTP allows',
  ],
])('refuses %s, and does not quote its value', (_, metadata, message) => {
  expect(() => responsePrelude(metadata)).toThrow(InvalidResponseError);
  expect(() => responsePrelude(metadata)).toThrow(message);
});
