import { outcomes } from '../../helpers/function-records';
import { callApi, callUrl, observe } from '../../helpers/invocations';
import { errorOf, messages, scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';
import type { ScenarioName } from '../../fixtures/failures/scenarios';

scenariosOnBothRuntimeClients(({ lambda, http, direct, callers }) => {
  describe('event cannot be decoded', () => {
    test('HTTP: 400 with the issues, a warning that quotes nothing', async () => {
      const answer = await callUrl(lambda(), 'Scenarios', { scenario: 'no such secret' });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        message: 'Expected an event that fits the schema, received one that does not fit at: scenario',
        issues: [{ path: 'scenario' }],
      });
      expect(answer.body).toContain('no such secret');
      const observation = await observe(lambda(), answer.requestId);
      expect(messages(observation, 'WARN')).toEqual(['Request refused']);
      expect(observation.metrics.Failures).toBe(0);
      expect(observation.lines.join()).not.toContain('no such secret');
    });

    test('direct: a BadRequestError, and nothing of the event in the log', async () => {
      const answer = await callApi(lambda(), 'Scenarios', { scenario: 'no such secret' });
      expect(errorOf(answer)).toMatchObject({ errorType: 'BadRequestError' });
      const observation = await observe(lambda(), answer.requestId);
      expect(messages(observation, 'WARN')).toEqual(['Request refused']);
      expect(observation.lines.join()).not.toContain('no such secret');
    });
  });

  test('method not allowed: 405 with allow, a warning', async () => {
    const result = await http('answers', 'DELETE');
    expect(result.status).toBe(405);
    expect(result.body).toContain('received DELETE');
    expect(result.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(messages(result, 'WARN')).toEqual(['Request refused']);
  });

  describe('handle throws before write', () => {
    test('HTTP: 500 without detail, ERROR, failure metric', async () => {
      const result = await http('throws before write');
      expect(result).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
      expect(messages(result, 'ERROR')).toEqual(['Handler failed before the response']);
      expect(result.metrics.Failures).toBe(1);
      expect(result.report.handler).toBe('failed');
    });

    test('direct: the type and message of what was thrown, ERROR, failure metric', async () => {
      const result = await direct('throws before write');
      expect(errorOf(result)).toMatchObject({ errorType: 'TypeError', errorMessage: 'no database' });
      expect(messages(result, 'ERROR')).toEqual(['Handler failed before the response']);
      expect(result.metrics.Failures).toBe(1);
    });

    test.each(callers)('%s: a task registered before runs all the same', async (_caller, call) => {
      const result = await call('throws before write, with a task registered');
      expect(messages(result, 'INFO')).toContain('the task has run');
      expect(outcomes(result.report)).toEqual([['runs anyway', 'completed']]);
    });
  });

  describe('handle returns without write', () => {
    test('HTTP: 500, ERROR', async () => {
      const result = await http('returns without write');
      expect(result).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
      expect(messages(result, 'ERROR')).toEqual(['Response not sent']);
      expect(result.metrics.Failures).toBe(1);
    });

    test('direct: ResponseNotSentError, ERROR', async () => {
      const result = await direct('returns without write');
      expect(errorOf(result)).toMatchObject({ errorType: 'ResponseNotSentError' });
      expect(messages(result, 'ERROR')).toEqual(['Response not sent']);
    });
  });

  describe.each(callers)('write called twice, %s', (_caller, call) => {
    test('the caller has the first answer; ERROR where the second is not caught', async () => {
      const result = await call('writes twice');
      expect(result).toMatchObject({ status: 200, body: '{"first":true}' });
      expect(messages(result, 'ERROR')).toEqual(['Handler failed after the response']);
      expect(result.metrics.Failures).toBe(1);
    });

    test('the second call rejects with ResponseAlreadySentError', async () => {
      const result = await call('writes twice and catches it');
      expect(result).toMatchObject({ status: 200, body: '{"first":true}' });
      const caught = result.records.find(({ message }) => message === 'caught');
      expect(caught?.['error']).toMatch(/^ResponseAlreadySentError: /);
      expect(result.metrics.Failures).toBe(0);
    });
  });

  describe.each<ScenarioName>(['writes what is not JSON', 'writes a cycle', 'writes undefined'])(
    'output cannot be encoded: %s',
    (scenario) => {
      test('HTTP: 500, ERROR', async () => {
        const result = await http(scenario);
        expect(result).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
        expect(messages(result, 'ERROR')).toEqual(['Handler failed before the response']);
      });

      test('direct: OutputEncodingError, ERROR', async () => {
        const result = await direct(scenario);
        expect(errorOf(result)).toMatchObject({ errorType: 'OutputEncodingError' });
        expect(messages(result, 'ERROR')).toEqual(['Handler failed before the response']);
      });
    },
  );

  test('output cannot be encoded, and the handler writes another: the caller gets that one', async () => {
    expect(await http('writes what is not JSON, then what is')).toMatchObject({ status: 200, body: '{"count":"1"}' });
  });

  test('a header with a line break is an error before anything is sent', async () => {
    const result = await http('writes a header with a line break');
    expect(result.status).toBe(500);
    expect(result.headers.get('set-cookie')).toBeNull();
  });
});
