import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { object, parse, string } from 'valibot';
import { type Answer, callApi, observe } from '../../helpers/invocations';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';
import { runtimeClients } from '../../helpers/runtime-clients';

const InvocationError = object({ errorType: string(), errorMessage: string() });

/** Docs: docs/failures.md, "event cannot be decoded", and docs/requests.md. */
describe.each(runtimeClients)('what is asked, on %s', (_, ric) => {
  let lambda: ObservedLambda;

  beforeAll(async () => {
    const template = join(__dirname, '../../fixtures/failures/template.yaml');
    lambda = await startObservedLambda({ template, ric });
  });

  const urlOf = (name: string) => lambda.functionUrls.find(({ functionName }) => functionName === name)?.url ?? '';
  const post = (name: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(urlOf(name), { method: 'POST', body, headers });
  const errorOf = ({ headers, body }: Answer) => {
    expect(headers.get('x-amz-function-error')).toBe('Unhandled');
    return parse(InvocationError, JSON.parse(body));
  };

  describe('context.request', () => {
    test('has the parts of a request to the function URL', async () => {
      const response = await fetch(`${urlOf('Echo')}a%20b?x=1&x=%C3%A4`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'X-Custom': 'yes', cookie: 'a=1; b=2' },
        body: '{"message":"Hello"}',
      });
      expect(await response.json()).toMatchObject({
        input: { message: 'Hello' },
        request: {
          method: 'POST',
          query: [
            ['x', '1'],
            ['x', 'ä'],
          ],
          header: 'yes',
          contentType: 'application/json',
          cookies: { a: '1', b: '2' },
          source: response.headers.get('x-amzn-requestid'),
        },
      });
    });

    test('is undefined for a direct caller', async () => {
      const { body } = await callApi(lambda, 'Echo', { message: 'Hello' });
      expect(JSON.parse(body)).toEqual({ input: { message: 'Hello' }, request: 'undefined' });
    });

    test('has those of a request to a REST API, payload format 1.0', async () => {
      const text = await readFile(join(__dirname, '../../../events/api-post.json'), 'utf8');
      const { body } = await callApi(lambda, 'Echo', JSON.parse(text));
      const [prelude = '', answer = ''] = body.split('\0'.repeat(8));
      expect(JSON.parse(prelude)).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' } });
      expect(JSON.parse(answer)).toEqual({
        input: { message: 'Hello Background Tasks' },
        request: {
          method: 'POST',
          path: '/orders',
          query: [],
          contentType: 'application/json',
          cookies: {},
          source: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
        },
      });
    });
  });

  describe('the Input is read from', () => {
    test('what fetch sends of a string, which it calls text/plain', async () => {
      const response = await post('Echo', JSON.stringify({ message: 'Hello' }));
      expect(await response.json()).toMatchObject({
        input: { message: 'Hello' },
        request: { contentType: 'text/plain;charset=UTF-8' },
      });
    });

    test('JSON that begins with a byte order mark', async () => {
      const marked = Buffer.from('\uFEFF{"message":"Hello"}');
      const response = await post('Echo', marked, { 'content-type': 'application/json' });
      expect(await response.json()).toMatchObject({ input: { message: 'Hello' } });
    });

    test('the query string of a DELETE without a body', async () => {
      const response = await fetch(`${urlOf('Echo')}?message=Hello`, { method: 'DELETE' });
      expect(await response.json()).toMatchObject({ input: { message: 'Hello' } });
    });

    test.each([{}, { headers: null }, { body: null }])('an event typed by hand, with %j', async (part) => {
      const event = { version: '2.0', requestContext: { http: { method: 'POST' } }, body: '{}', ...part };
      const { body } = await callApi(lambda, 'Echo', event);
      expect(body).toMatch(event.body === null ? /^\{"statusCode":400,/ : /^\{"statusCode":200,/);
    });

    test('a schema whose promise is of a kind of its own', async () => {
      const fits = await post('Thenable', '{"message":"Hello"}');
      expect([fits.status, await fits.json()]).toEqual([200, { message: 'Hello' }]);
      const fails = await post('Thenable', '{"message":5}');
      expect([fails.status, await fails.json()]).toMatchObject([400, { issues: [{ path: 'message' }] }]);
    });
  });

  describe('text that is no JSON is refused by its media type', () => {
    test.each(['Hello', ''])('%p', async (body) => {
      expect((await post('Echo', body)).status).toBe(415);
    });
  });

  describe('an event of a gateway that cannot stream: an invocation error that says what to do, though it fits', () => {
    const http = { method: 'POST', path: '/' };

    test.each<[string, object]>([
      [
        'an HTTP API',
        {
          version: '2.0',
          routeKey: 'POST /',
          requestContext: { http, domainName: 'a.execute-api.us-east-1.amazonaws.com', stage: '$default' },
        },
      ],
      ['an Application Load Balancer', { httpMethod: 'POST', path: '/', requestContext: { elb: {} } }],
    ])('%s', async (gateway, event) => {
      const answer = await callApi(lambda, 'Echo', event);
      const { errorType, errorMessage } = errorOf(answer);
      expect(errorType).toBe('UnsupportedEventError');
      expect(errorMessage).toMatch(new RegExp(`received one of ${gateway}, .* by a Function URL with`));
      const { records, report } = await observe(lambda, answer.requestId);
      expect(records).toContainEqual(expect.objectContaining({ message: 'Handler failed before the response' }));
      expect(report.failures).toBe(1);
    });
  });

  test('an event of another service that does not fit says whose it is', async () => {
    const answer = await callApi(lambda, 'Words', { Records: [{ eventSource: 'aws:sqs', body: 'secret' }] });
    const { errorType, errorMessage } = errorOf(answer);
    expect(errorType).toBe('BadRequestError');
    expect(errorMessage).toContain('received one of aws:sqs: let the schema describe that');
    expect((await observe(lambda, answer.requestId)).lines.join()).not.toContain('secret');
  });

  describe('an event with an issue for each of its values', () => {
    const numbers = (count: number) => new Array<number>(count).fill(1);

    test('has the first 20 in the answer, and how many more there are', async () => {
      const response = await post('Words', JSON.stringify(numbers(8_000)));
      const body = await response.text();
      expect(body.length).toBeLessThan(5_000);
      expect(body).toContain(' at: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, and 7990 more"');
      expect(JSON.parse(body)).toMatchObject({ moreIssues: 7_980 });
      const { records } = await observe(lambda, response.headers.get('x-amzn-requestid') ?? '');
      expect(records[0]).toMatchObject({ message: 'Request refused', issues: 8_000 });
    });

    test('of 800 KB does not cost a small function its memory', async () => {
      const response = await post('Words', JSON.stringify(numbers(400_000)));
      const requestId = response.headers.get('x-amzn-requestid') ?? '';
      expect([response.status, await response.json()]).toMatchObject([400, { issues: [{ path: '0' }] }]);
      const { lines, report } = await observe(lambda, requestId);
      expect(report.handler).toBe('failed');
      const [, used] = /Max Memory Used: (\d+) MB/.exec(lines.join()) ?? [];
      expect(Number(used)).toBeLessThan(128);
    });

    test('says little of it to a direct caller, and in the log', async () => {
      const answer = await callApi(lambda, 'Words', numbers(50_000));
      expect(errorOf(answer).errorMessage).toMatch(/, and 49990 more$/);
      const { lines, records } = await observe(lambda, answer.requestId);
      expect(records).toContainEqual(expect.objectContaining({ level: 'WARN', issues: 50_000 }));
      expect(lines.join('\n').length).toBeLessThan(10_000);
    });

    test('a valid one of 800 KB is read', async () => {
      const response = await post('Words', JSON.stringify(new Array(200_000).fill('a')));
      expect([response.status, await response.json()]).toEqual([200, { words: 200_000 }]);
    });
  });
});
