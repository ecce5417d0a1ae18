import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInvocationEvent } from '../../../../runtime/request/invocation-request';

const sample = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, '../../../../events', name), 'utf8'));

test.each([
  [{ message: 'Hello' }],
  ['text'],
  [null],
  [{ version: '2.0' }],
  [{ requestContext: { http: {} } }],
  [{ httpMethod: 'POST', path: '/' }],
  [{ httpMethod: 'POST', path: '/', requestContext: null }],
  [sample('hello.json')],
])('%j is the payload of a direct caller', (event) => {
  expect(readInvocationEvent(event)).toEqual({ caller: 'direct', event });
});

test.each(['url-post.json', 'url-post-base64.json', 'url-get.json'])('events/%s is an HTTP request', (name) => {
  expect(readInvocationEvent(sample(name))).toMatchObject({ caller: 'http', path: '/' });
});

const url = { version: '2.0', requestContext: { http: { method: 'GET' } } };
const api = { httpMethod: 'GET', path: '/', requestContext: {} };

test.each([
  ['of a Function URL', url],
  ['of a REST API', api],
])('the least of an event %s is an HTTP request with nothing in it', (_, event) => {
  const request = readInvocationEvent(event);
  expect(request).toMatchObject({ caller: 'http', method: 'GET', path: '/', queryString: '', text: '', bodyLength: 0 });
  expect(request).toMatchObject({ headers: {}, contentType: undefined, cookies: new Map(), body: Buffer.alloc(0) });
});

describe('the event of a gateway that cannot stream is a direct payload, and says which', () => {
  const httpApi = { domainName: 'a1b2.execute-api.eu-west-1.amazonaws.com', routeKey: '$default', stage: '$default' };

  test.each<[string, object, string]>([
    ['an HTTP API, by its domain', { ...url, requestContext: { ...url.requestContext, ...httpApi } }, 'an HTTP API'],
    ['an HTTP API, by a stage', { ...url, requestContext: { ...url.requestContext, stage: 'prod' } }, 'an HTTP API'],
    [
      'an HTTP API, by a route',
      { ...url, requestContext: { ...url.requestContext, routeKey: 'GET /' } },
      'an HTTP API',
    ],
    ['an HTTP API with payload 1.0', { ...api, version: '1.0' }, 'an HTTP API'],
    ['a load balancer', { ...api, requestContext: { elb: { targetGroupArn: 'arn' } } }, 'an Application Load Balancer'],
    ['VPC Lattice', { version: '2.0', requestContext: { serviceNetworkArn: 'arn' } }, 'VPC Lattice'],
  ])('%s', (_, event, gateway) => {
    expect(readInvocationEvent(event)).toEqual({ caller: 'direct', event, gateway });
  });

  test.each([
    ['a1b2.lambda-url.eu-west-1.on.aws'],
    ['localhost:3000'],
    ['a1b2.lambda-url.us-east-1.localhost.localstack.cloud:4566'],
  ])('but a Function URL at %s can', (domainName) => {
    const event = { ...url, requestContext: { ...url.requestContext, ...httpApi, domainName } };
    expect(readInvocationEvent(event).caller).toBe('http');
  });

  test('but a REST API can, at any stage', () => {
    const event = { ...api, requestContext: { ...httpApi, stage: 'prod' } };
    expect(readInvocationEvent(event).caller).toBe('http');
  });
});
