import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BadRequestError,
  MethodNotAllowedError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '../../../../runtime/errors';
import { decodeInput } from '../../../../runtime/request/decode-input';
import { readInvocationEvent } from '../../../../runtime/request/invocation-request';

const limits = { methods: ['GET', 'HEAD', 'POST'], maxBodyBytes: 100 };
const sample = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, '../../../../events', name), 'utf8'));

function urlEvent(
  method: string,
  { body, contentType, query = '', base64 = false }: Partial<UrlRequest> = {},
): unknown {
  return {
    version: '2.0',
    rawQueryString: query,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    requestContext: { http: { method } },
    ...(body === undefined ? {} : { body: base64 ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded: base64,
  };
}

interface UrlRequest {
  readonly body: string | Uint8Array;
  readonly contentType: string;
  readonly query: string;
  readonly base64: boolean;
}

function inputOf(event: unknown, accepted = limits): unknown {
  const request = readInvocationEvent(event);
  if (request.caller === 'direct') throw new Error('Expected the event of a Function URL');
  return decodeInput(request, accepted);
}

describe('a Function URL event', () => {
  test.each(['url-post.json', 'url-post-base64.json', 'url-get.json'])('events/%s holds the Input', (name) => {
    expect(inputOf(sample(name))).toEqual({ message: 'Hello Background Tasks' });
  });

  test('events/url-bad-body.json does not, and says so', () => {
    expect(() => inputOf(sample('url-bad-body.json'))).toThrow(BadRequestError);
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/problem+json', undefined])(
    'reads a body of content type %s as JSON',
    (contentType) => {
      const event = urlEvent('POST', { body: '{"message":"Hello"}', ...(contentType && { contentType }) });
      expect(inputOf(event)).toEqual({ message: 'Hello' });
    },
  );

  describe('of content type application/x-www-form-urlencoded, which is what `curl -d` says', () => {
    const form = (body: string) =>
      urlEvent('POST', { body, contentType: 'application/x-www-form-urlencoded', base64: true });

    test('is read as JSON when it is JSON', () => {
      expect(inputOf(form('{"message":"Hello"}'))).toEqual({ message: 'Hello' });
    });

    test('is read as form fields otherwise', () => {
      expect(inputOf(form('message=Hello+you&tag=a&tag=b'))).toEqual({ message: 'Hello you', tag: ['a', 'b'] });
    });

    test('is refused as JSON when it is broken JSON', () => {
      expect(() => inputOf(form('{"message":'))).toThrow('Expected a JSON body');
    });
  });

  describe('of content type text/plain, which is what fetch says of a string', () => {
    const text = (body: string) => urlEvent('POST', { body, contentType: 'text/plain;charset=UTF-8' });

    test.each(['{"message":"Hello"}', ' "Hello"', '42', 'null'])('%s is read as JSON', (body) => {
      expect(inputOf(text(body))).toEqual(JSON.parse(body));
    });

    test('is refused as JSON when it is broken JSON', () => {
      expect(() => inputOf(text('{"message":'))).toThrow(BadRequestError);
    });
  });

  describe('whose body begins with a byte order mark', () => {
    const marked = '\uFEFF{"message":"Hello"}';

    test.each([undefined, 'application/json', 'text/plain', 'application/x-www-form-urlencoded'])(
      'is read without it, as %s',
      (contentType) => {
        const type = contentType && { contentType };
        expect(inputOf(urlEvent('POST', { body: marked, ...type }))).toEqual({ message: 'Hello' });
        expect(inputOf(urlEvent('POST', { body: marked, ...type, base64: true }))).toEqual({ message: 'Hello' });
      },
    );

    test('ignores one mark, and not a second', () => {
      expect(() => inputOf(urlEvent('POST', { body: `\uFEFF${marked}` }))).toThrow(BadRequestError);
    });
  });

  describe('typed by hand', () => {
    const requestContext = { http: { method: 'POST' } };

    test('without headers has a body of JSON', () => {
      expect(inputOf({ version: '2.0', requestContext, body: '{"message":"Hello"}' })).toEqual({ message: 'Hello' });
      expect(inputOf({ version: '2.0', requestContext, body: '1', headers: null })).toBe(1);
    });

    test.each([{}, { body: null }])('with %j has none', (body) => {
      expect(() => inputOf({ version: '2.0', requestContext, ...body })).toThrow('Expected a JSON body, received none');
    });

    test('with a body that is no string is refused', () => {
      const event = { version: '2.0', requestContext, body: { message: 'Hello' } };
      expect(() => inputOf(event)).toThrow(BadRequestError);
      expect(() => inputOf(event)).toThrow('Expected an event whose body is a string, received object');
    });

    test('has its content type in any case', () => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      expect(inputOf({ version: '2.0', requestContext, headers, body: 'message=Hello' })).toEqual({ message: 'Hello' });
    });
  });

  describe('of DELETE, where that is answered', () => {
    const withDelete = { methods: ['DELETE'], maxBodyBytes: 100 };

    test('holds the Input in the query string where there is no body', () => {
      expect(inputOf(urlEvent('DELETE', { query: 'id=1' }), withDelete)).toEqual({ id: '1' });
    });

    test('holds it in the body where there is one', () => {
      expect(inputOf(urlEvent('DELETE', { query: 'id=1', body: '{"id":2}' }), withDelete)).toEqual({ id: 2 });
    });
  });

  test('reads the query string of GET and HEAD', () => {
    expect(inputOf(urlEvent('GET', { query: 'message=Hello%20you' }))).toEqual({ message: 'Hello you' });
    expect(inputOf(urlEvent('HEAD', { query: 'message=a&message=b' }))).toEqual({ message: ['a', 'b'] });
  });

  test.each([
    ['of a name each', Array.from({ length: 400_000 }, (_, index) => `k${index}`).join('&')],
    ['of one name', 'a&'.repeat(400_000)],
    ['of one name, with values', 'a=%20&'.repeat(400_000)],
  ])('reads 400,000 fields of a form, %s, as fast as it can', (_, body) => {
    const event = urlEvent('POST', { body, contentType: 'application/x-www-form-urlencoded' });
    const started = performance.now();
    expect(typeof inputOf(event, { ...limits, maxBodyBytes: 6_000_000 })).toBe('object');
    // Where each field costs a look at all others it takes minutes.
    expect(performance.now() - started).toBeLessThan(40_000);
  });

  test.each<[string, unknown]>([
    ['', {}],
    ['a', { a: '' }],
    ['a=1&&b=2&', { a: '1', b: '2' }],
    ['a=1=2', { a: '1=2' }],
    ['a+b=c+d', { 'a b': 'c d' }],
    ['a=%', { a: '%' }],
    ['a=%C3%A4', { a: 'ä' }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
  ])('reads the query string %p', (query, input) => {
    expect(inputOf(urlEvent('GET', { query }))).toEqual(input);
  });

  test('keeps a query key named __proto__ a key like any other', () => {
    const input = inputOf(urlEvent('GET', { query: '__proto__=x' }));
    expect(Object.entries(input ?? {})).toEqual([['__proto__', 'x']]);
  });

  test.each<[string, unknown, new (message: string) => Error, RegExp]>([
    ['no body', urlEvent('POST'), BadRequestError, /received none/],
    [
      'a body that is not JSON',
      urlEvent('POST', { body: 'Hello', contentType: 'application/json' }),
      BadRequestError,
      /JSON/,
    ],
    [
      'a body that is not UTF-8',
      urlEvent('POST', { body: Uint8Array.of(0xff), base64: true }),
      BadRequestError,
      /UTF-8/,
    ],
    [
      'text',
      urlEvent('POST', { body: 'Hello', contentType: 'text/plain' }),
      UnsupportedMediaTypeError,
      /received text\/plain/,
    ],
    ['101 bytes', urlEvent('POST', { body: ' '.repeat(101) }), PayloadTooLargeError, /at most 100 bytes, received 101/],
    [
      '101 bytes once base64 is undone',
      urlEvent('POST', { body: ' '.repeat(101), base64: true }),
      PayloadTooLargeError,
      /101/,
    ],
    ['DELETE', urlEvent('DELETE'), MethodNotAllowedError, /Expected one of GET, HEAD, POST, received DELETE/],
  ])('with %s is refused with what was expected and what came', (_, event, error, message) => {
    expect(() => inputOf(event)).toThrow(error);
    expect(() => inputOf(event)).toThrow(message);
  });

  test('of another method is refused with the methods allowed', () => {
    try {
      inputOf(urlEvent('PUT'));
    } catch (error) {
      expect(error).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD, POST' } });
    }
    expect.assertions(1);
  });
});
