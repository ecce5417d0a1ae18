import { InvalidResponseError } from '../../../../runtime/errors';
import { responsePrelude } from '../../../../runtime/response/prelude';

test('says 200 and application/json unless told otherwise', () => {
  expect(responsePrelude({})).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' } });
});

test('keeps status, headers in lower case, and cookies', () => {
  const metadata = { statusCode: 201, headers: { 'Content-Type': 'text/x', ETag: '"1"' }, cookies: ['a=1; Path=/'] };
  expect(responsePrelude(metadata)).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'text/x', etag: '"1"' },
    cookies: ['a=1; Path=/'],
  });
});

test.each([204, 304])('names no content type with %i, which has no body', (statusCode) => {
  expect(responsePrelude({ statusCode })).toEqual({ statusCode, headers: {} });
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
