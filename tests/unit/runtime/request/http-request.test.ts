import type { HttpRequest } from '../../../../runtime';
import { readInvocationEvent } from '../../../../runtime/request/invocation-request';

function httpRequest(event: unknown): HttpRequest {
  const request = readInvocationEvent(event);
  if (request.caller === 'direct') throw new Error('Expected an HTTP request');
  return request;
}

function urlRequest(event: object): HttpRequest {
  return httpRequest({ version: '2.0', requestContext: { http: { method: 'POST', path: '/a b' } }, ...event });
}

function apiRequest(event: object): HttpRequest {
  return httpRequest({ httpMethod: 'POST', path: '/', requestContext: {}, ...event });
}

test('the event is the one that came', () => {
  const event = { version: '2.0', requestContext: { http: { method: 'GET' } } };
  expect(httpRequest(event).event).toBe(event);
});

describe('of a Function URL', () => {
  test('has its path and query string as they were sent', () => {
    const request = urlRequest({ rawPath: '/a%20b', rawQueryString: 'x=%C3%A4&x=2&y' });
    expect(request).toMatchObject({ path: '/a%20b', queryString: 'x=%C3%A4&x=2&y' });
    expect([...request.query]).toEqual([
      ['x', 'ä'],
      ['x', '2'],
      ['y', ''],
    ]);
  });

  test('typed by hand has its query string from the parameters', () => {
    expect(urlRequest({ queryStringParameters: { a: 'x&y', b: '2' } }).queryString).toBe('a=x%26y&b=2');
  });

  test('has the cookies of `cookies`, in the header too', () => {
    const request = urlRequest({ cookies: ['a=1', 'b=x=y'], headers: { cookie: 'a=1; b=x=y' } });
    expect([...request.cookies]).toEqual([
      ['a', '1'],
      ['b', 'x=y'],
    ]);
    expect(request.headers['cookie']).toBe('a=1; b=x=y');
    expect(urlRequest({ cookies: ['a=1', 'b=2'] }).headers['cookie']).toBe('a=1; b=2');
  });
});

describe('of a REST API', () => {
  test('has each value of a header and of the query string', () => {
    const request = apiRequest({
      headers: { Accept: 'text/html', Cookie: 'b=2' },
      multiValueHeaders: { Accept: ['text/plain', 'text/html'], Cookie: ['a=1', 'b=2'] },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', 'ä b'] },
    });
    expect(request.headers).toEqual({ accept: 'text/plain, text/html', cookie: 'a=1; b=2' });
    expect(request.queryString).toBe('x=1&x=%C3%A4+b');
    expect(request.query.getAll('x')).toEqual(['1', 'ä b']);
    expect(request.cookies.get('b')).toBe('2');
  });

  test('typed by hand has them from the maps of one value', () => {
    const maps = { multiValueHeaders: null, multiValueQueryStringParameters: null };
    const request = apiRequest({ ...maps, headers: { 'X-A': '1' }, queryStringParameters: { a: '1' } });
    expect(request).toMatchObject({ headers: { 'x-a': '1' }, queryString: 'a=1' });
  });

  test('has nothing where the event has null, or no string', () => {
    const request = apiRequest({ headers: { a: 5, b: null, c: ['1', 2] }, queryStringParameters: null, body: null });
    expect(request).toMatchObject({ headers: { c: '1' }, queryString: '', text: '' });
  });
});

describe('the body', () => {
  const bytes = Buffer.from([0, 255, 128]);

  test('has the bytes that were sent', () => {
    const request = urlRequest({ body: bytes.toString('base64'), isBase64Encoded: true });
    expect(request.body).toEqual(bytes);
    expect(request.bodyLength).toBe(3);
    expect(() => request.text).toThrow('Expected a body in UTF-8');
  });

  test('has the text that was sent', () => {
    expect(urlRequest({ body: 'ä' })).toMatchObject({ text: 'ä', bodyLength: 2, body: Buffer.from('ä') });
  });
});

test('a header that nobody sent is undefined, whatever its name', () => {
  const { headers } = urlRequest({ headers: { 'Content-Type': 'a' } });
  expect(headers['content-type']).toBe('a');
  expect(headers['constructor']).toBeUndefined();
  expect(urlRequest({ headers: Object.fromEntries([['__proto__', 'x']]) }).headers['__proto__']).toBe('x');
});

test.each([
  ['a=1;b=2', { a: '1', b: '2' }],
  ['a=1; a=2', { a: '1' }],
  ['a="1" ; =2; b; c=', { a: '"1"', c: '' }],
])('the cookies of %s', (cookie, expected) => {
  expect(Object.fromEntries(urlRequest({ headers: { cookie } }).cookies)).toEqual(expected);
});
