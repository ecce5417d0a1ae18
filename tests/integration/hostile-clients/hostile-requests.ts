import fc from 'fast-check';

/** Bytes that a client might send by mistake or with intent: noise, HTTP that was damaged, and HTTP that is odd. */
export function hostileRequests(seed: number, count: number): Buffer[] {
  const request = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 5, arbitrary: damagedRequest },
    { weight: 4, arbitrary: oddRequest },
  );
  return fc.sample(request, { seed, numRuns: count });
}

const wellFormed = [
  'GET /path?a=1&a=2 HTTP/1.1\r\nhost: localhost\r\ncookie: a=1; b=2\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 17\r\n\r\n{"name":"sample"}',
  'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'OPTIONS / HTTP/1.1\r\nhost: localhost\r\norigin: http://a.example\r\naccess-control-request-method: GET\r\n\r\n',
  'POST /2015-03-31/functions/Greeter/invocations HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}',
  'POST /2021-11-15/functions/Greeter/response-streaming-invocations HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}',
];

type Damage = (bytes: Buffer) => Buffer;

/** Where in the request, from its beginning (0) to its end (1). */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Buffer, where: number): number => Math.floor(where * bytes.length);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([where, mask]): Damage => (bytes) => {
    const index = Math.min(at(bytes, where), bytes.length - 1);
    const changed = Buffer.from(bytes);
    if (index >= 0) changed[index] = (changed[index] ?? 0) ^ mask;
    return changed;
  }),
  fc.tuple(place, fc.uint8Array({ maxLength: 40 })).map(([where, noise]): Damage => (bytes) => {
    const index = at(bytes, where);
    return Buffer.concat([bytes.subarray(0, index), noise, bytes.subarray(index)]);
  }),
  fc.tuple(place, fc.nat(30)).map(([where, length]): Damage => (bytes) => {
    const index = at(bytes, where);
    return Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + length)]);
  }),
  fc.tuple(place, fc.nat(60)).map(([where, length]): Damage => (bytes) => {
    const index = at(bytes, where);
    return Buffer.concat([bytes.subarray(0, index + length), bytes.subarray(index)]);
  }),
  place.map(
    (where): Damage =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
);

const damagedRequest = fc
  .tuple(fc.constantFrom(...wellFormed), fc.array(damage, { maxLength: 3 }))
  .map(([request, damages]) => damages.reduce<Buffer>((bytes, harm) => harm(bytes), Buffer.from(request)));

const method = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT', 'TRACE', 'PRI', 'get', 'M-SEARCH', '');
const target = fc.constantFrom(
  '/',
  '*',
  '//',
  '/%',
  '/%zz%00',
  '/..%2f..%2fetc/passwd',
  '/?__proto__=a&constructor=b',
  '?a',
  'http://localhost/path',
  'http://',
  'localhost:80',
  '/2015-03-31/functions/%E0%A4%A/invocations',
  '/2015-03-31/functions/Nobody/invocations?Qualifier=%00',
  `/${'x'.repeat(20_000)}`,
  '/\u00e4',
);
const version = fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'http/1.1', '');
const header = fc.constantFrom(
  'host: localhost',
  'host: evil.example',
  'host:',
  'content-length: 5',
  'content-length: -1',
  'content-length: 99999999999999999999',
  'content-length: 5\r\ncontent-length: 6',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'transfer-encoding: chunked\r\ncontent-length: 3',
  'expect: 100-continue',
  'expect: the-unexpected',
  'upgrade: websocket\r\nconnection: upgrade',
  'authorization: AWS4-HMAC-SHA256 Credential=, SignedHeaders=;;, Signature=\u00ff',
  'x-amz-client-context: !!!',
  'x-amz-invocation-type: Event',
  'x-amz-log-type: Tail',
  'cookie: =;=;;; ',
  '__proto__: polluted',
  ' folded',
  'no colon',
  'x: \0',
  `x-large: ${'x'.repeat(70_000)}`,
);
const body = fc.constantFrom(
  '',
  'hello',
  '{}',
  '5\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n',
  '-5\r\nhello',
  '\0'.repeat(100),
);

const oddRequest = fc
  .tuple(method, target, version, fc.array(header, { maxLength: 5 }), body)
  .map(([verb, path, protocol, headers, content]) =>
    Buffer.from(`${[`${verb} ${path} ${protocol}`, ...headers].join('\r\n')}\r\n\r\n${content}`, 'latin1'),
  );
