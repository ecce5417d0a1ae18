import { InvalidResponseError } from '../../../../runtime';
import { checkCookies, checkHeaders } from '../../../../runtime/response/headers';

test('names come in lower case', () => {
  expect(checkHeaders({ 'Content-Type': 'text/x', ETag: '"1"' })).toEqual({
    headers: { 'content-type': 'text/x', etag: '"1"' },
    cookies: [],
  });
});

describe('each set-cookie is a cookie', () => {
  const headers = new Headers([
    ['Set-Cookie', 'a=1; Path=/'],
    ['X-List', '1'],
    ['x-list', '2'],
    ['Set-Cookie', 'b=2'],
  ]);

  test('of a Headers object', () => {
    expect(checkHeaders(headers)).toEqual({ headers: { 'x-list': '1, 2' }, cookies: ['a=1; Path=/', 'b=2'] });
  });

  test('of a Map and of a plain object', () => {
    const expected = { headers: { 'x-a': '1' }, cookies: ['a=1'] };
    const pairs = { 'X-A': '1', 'Set-Cookie': 'a=1' };
    expect([checkHeaders(pairs), checkHeaders(new Map(Object.entries(pairs)))]).toEqual([expected, expected]);
  });
});

test.each<[unknown, string]>([
  [null, 'Expected headers to be an object, received null'],
  ['x-a: 1', 'Expected headers to be an object, received string'],
  [['x-a: 1'], 'Expected headers to be pairs of name and value, received string'],
  [[['x-a']], 'Expected header "x-a" to be a string, received undefined'],
  [[[['x-a'], '1']], 'Expected the name of a header to be a string, received array'],
  [new Map([[1, '1']]), 'Expected the name of a header to be a string, received number'],
  [{ 'x-a': 1 }, 'Expected header "x-a" to be a string, received number'],
  [{ 'x-a': 5n }, 'Expected header "x-a" to be a string, received bigint'],
  [{ 'x-a': null }, 'Expected header "x-a" to be a string, received null'],
  [{ 'x-a': undefined }, 'Expected header "x-a" to be a string, received undefined'],
  [{ 'x-a': ['secret'] }, 'Expected header "x-a" to be a string, received array'],
  [{ 'x-a': { secret: 1 } }, 'Expected header "x-a" to be a string, received object'],
  [{ 'X-A': '1', 'x-a': '2' }, 'Expected header "x-a" once'],
  [{ location: '/a – b' }, 'Expected header "location" to have only characters that HTTP allows'],
  [{ 'x-a': 'secret\r\nx-b: 1' }, 'Expected header "x-a" to have only characters that HTTP allows'],
  [{ 'x a': '1' }, 'Expected header "x a" to have only characters that HTTP allows'],
  [{ '': '1' }, 'Expected header "" to have only characters that HTTP allows'],
])('%p is refused', (headers, message) => {
  expect(() => checkHeaders(headers)).toThrow(InvalidResponseError);
  expect(() => checkHeaders(headers)).toThrow(message);
});

test.each<[unknown, string]>([
  ['a=1', 'Expected cookies to be an array, received string'],
  [null, 'Expected cookies to be an array, received null'],
  [new Array(1), 'Expected cookies[0] to be a string, received undefined'],
  [['ok=1', 5], 'Expected cookies[1] to be a string, received number'],
  [['ok=1', 'a=secret\n'], 'Expected cookies[1] to have only characters that HTTP allows'],
])('cookies %p are refused', (cookies, message) => {
  expect(() => checkCookies(cookies)).toThrow(InvalidResponseError);
  expect(() => checkCookies(cookies)).toThrow(message);
});
