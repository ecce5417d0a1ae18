import { join } from 'node:path';
import type { ResponseScenario } from '../../fixtures/failures/responses';
import { type Answer, callApi, callUrl, type Observation, observe } from '../../helpers/invocations';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';
import { runtimeClients } from '../../helpers/runtime-clients';

/** Docs: docs/failures.md, "output cannot be encoded". */
describe.each(runtimeClients)('what is sent, on %s', (_, ric) => {
  let lambda: ObservedLambda;

  beforeAll(async () => {
    const template = join(__dirname, '../../fixtures/failures/template.yaml');
    lambda = await startObservedLambda({ template, ric, function: 'Responses' });
  });

  const http = async (scenario: ResponseScenario): Promise<Answer & Observation> => {
    const answer = await callUrl(lambda, 'Responses', { scenario });
    return { ...answer, ...(await observe(lambda, answer.requestId)) };
  };
  const direct = async (scenario: ResponseScenario): Promise<Answer & Observation> => {
    const answer = await callApi(lambda, 'Responses', { scenario });
    return { ...answer, ...(await observe(lambda, answer.requestId)) };
  };
  const errors = ({ records }: Observation) =>
    records.filter(({ level }) => level === 'ERROR').map(({ message, error }) => ({ message, error }));
  const serverError = { status: 500, body: '{"message":"Internal Server Error"}' };

  describe('a failure response that cannot be sent: a plain 500, at once', () => {
    test.each<[ResponseScenario, object]>([
      ['refuses with status 199', { name: 'InvalidResponseError' }],
      ['refuses with a status that is text', { name: 'InvalidResponseError' }],
      ['refuses with a location outside Latin-1', { name: 'InvalidResponseError' }],
      ['refuses with headers that throw', { name: 'TypeError', message: 'no headers' }],
    ])('%s', async (scenario, error) => {
      const result = await http(scenario);
      expect(result).toMatchObject(serverError);
      expect(errors(result)).toMatchObject([{ message: 'Response could not be sent', error }]);
      expect(result.report).toMatchObject({ failures: 1, handler: 'failed' });
      expect(result.lines.join()).not.toContain('Task timed out');
    });

    test('refuses with an issue whose message is a BigInt', async () => {
      const result = await http('refuses with an issue whose message is a BigInt');
      expect(result).toMatchObject(serverError);
      expect(errors(result)).toMatchObject([{ error: { name: 'TypeError' } }]);
    });

    test('and the environment serves the next request', async () => {
      await http('refuses with status 199');
      expect(await http('answers')).toMatchObject({ status: 200, report: { coldStart: false } });
    });
  });

  describe('what is sent is no HTTP: an InvalidResponseError to the handler, with nothing sent', () => {
    test.each<[ResponseScenario, string]>([
      ['writes a header that is a BigInt', 'Expected header "a" to be a string, received bigint'],
      ['writes a header that is null', 'Expected header "a" to be a string, received null'],
      ['writes a header that is an object', 'Expected header "a" to be a string, received object'],
      ['writes a header that is an array', 'Expected header "a" to be a string, received array'],
      ['writes a location outside Latin-1', 'Expected header "location" to have only characters that HTTP allows'],
      ['writes cookies that are no array', 'Expected cookies to be an array, received string'],
      ['writes a status that is text', 'Expected a status code that is a number, received string'],
      ['writes null in the place of headers', 'Expected status, headers and cookies in an object, received null'],
    ])('%s', async (scenario, message) => {
      const result = await http(scenario);
      expect(result).toMatchObject(serverError);
      expect(errors(result)).toMatchObject([
        { message: 'Handler failed before the response', error: { name: 'InvalidResponseError', message } },
      ]);
      // The same call tells a direct caller's handler the same.
      const answer = await callApi(lambda, 'Responses', { scenario });
      expect(JSON.parse(answer.body)).toMatchObject({ errorType: 'InvalidResponseError', errorMessage: message });
    });

    test('a handler that catches it can write another', async () => {
      const result = await http('writes a header that is a BigInt, then one that is text');
      expect(result).toMatchObject({ status: 200, body: '{"ok":true}', report: { failures: 0 } });
      expect(result.headers.get('a')).toBe('5');
    });
  });

  test('a Headers object is sent whole, each Set-Cookie a cookie', async () => {
    const { headers } = await http('writes a Headers object');
    expect(headers.get('x-kind')).toBe('test');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2', 'c=3']);
  });

  test.each<[ResponseScenario, number]>([
    ['writes undefined with status 204', 204],
    ['writes undefined with status 304', 304],
  ])('%s: no body over HTTP, null to a direct caller', async (scenario, status) => {
    expect(await http(scenario)).toMatchObject({ status, body: '', report: { failures: 0, handler: 'completed' } });
    expect(await direct(scenario)).toMatchObject({ status: 200, body: 'null', report: { failures: 0 } });
  });

  test('an output that writes another while it is encoded: the caller has that one', async () => {
    const result = await http('writes again while it is encoded');
    expect(result).toMatchObject({ status: 200, body: '{"inner":true}' });
    expect(errors(result)).toMatchObject([{ error: { name: 'ResponseAlreadySentError' } }]);
  });
});
