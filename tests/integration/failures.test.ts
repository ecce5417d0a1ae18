import { join } from 'node:path';
import { outcomes } from '../helpers/function-records';
import { type Answer, callApi, callUrl, type Observation, observe } from '../helpers/invocations';
import { type ObservedLambda, startObservedLambda } from '../helpers/local-lambda';
import type { ScenarioName } from '../fixtures/failures/scenarios';

/** Docs: docs/failures.md. Each test is named by a row of its table. */
describe.each([
  ['aws-lambda-ric 4, of the Node.js 24 runtime', require.resolve('aws-lambda-ric')],
  ['aws-lambda-ric 3, of the Node.js 22 runtime', require.resolve('aws-lambda-ric-3/bin/index.mjs')],
])('on %s', (_, ric) => {
  let lambda: ObservedLambda;

  beforeAll(async () => {
    const template = join(__dirname, '../fixtures/failures/template.yaml');
    lambda = await startObservedLambda({ template, ric, function: 'Scenarios' });
  });

  const http = async (scenario: ScenarioName, method?: string): Promise<Answer & Observation> => {
    const answer = await callUrl(lambda, 'Scenarios', { scenario }, method);
    return { ...answer, ...(await observe(lambda, answer.requestId)) };
  };
  const direct = async (scenario: ScenarioName): Promise<Answer & Observation> => {
    const answer = await callApi(lambda, 'Scenarios', { scenario });
    return { ...answer, ...(await observe(lambda, answer.requestId)) };
  };
  const errorOf = ({ headers, body }: Answer): unknown => {
    expect(headers.get('x-amz-function-error')).toBe('Unhandled');
    return JSON.parse(body);
  };
  const messages = ({ records }: Observation, level: string) =>
    records.filter((record) => record.level === level).map(({ message }) => message);

  describe('event cannot be decoded', () => {
    test('HTTP: 400 with the issues, a warning that quotes nothing', async () => {
      const answer = await callUrl(lambda, 'Scenarios', { scenario: 'no such secret' });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        message: 'Expected an event that fits the schema, received one that does not at: scenario',
        issues: [{ path: 'scenario' }],
      });
      expect(answer.body).toContain('no such secret');
      const observation = await observe(lambda, answer.requestId);
      expect(messages(observation, 'WARN')).toEqual(['Request refused']);
      expect(observation.metrics.Failures).toBe(0);
      expect(observation.lines.join()).not.toContain('no such secret');
    });

    test('direct: a BadRequestError, and nothing of the event in the log', async () => {
      const answer = await callApi(lambda, 'Scenarios', { scenario: 'no such secret' });
      expect(errorOf(answer)).toMatchObject({ errorType: 'BadRequestError' });
      const observation = await observe(lambda, answer.requestId);
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

    test.each([
      ['HTTP', http],
      ['direct', direct],
    ])('%s: a task registered before runs all the same', async (_caller, call) => {
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

  describe('handle has not written when the grace ends', () => {
    test('HTTP: 504, ERROR, failure metric, and the process serves the next request', async () => {
      const result = await http('never writes');
      expect(result).toMatchObject({ status: 504, body: '{"message":"Gateway Timeout"}' });
      expect(messages(result, 'ERROR')).toEqual(['Handler cut off', 'Response not sent']);
      expect(result.metrics).toMatchObject({ Failures: 1, CutOff: 1 });
      expect(result.report.handler).toBe('cut off');
      expect(result.lines.join()).not.toContain('Task timed out');
      expect(await http('answers')).toMatchObject({ status: 200, report: { coldStart: false } });
    });

    test('direct: ResponseNotSentError, ERROR, failure metric', async () => {
      const result = await direct('never writes');
      expect(errorOf(result)).toMatchObject({ errorType: 'ResponseNotSentError' });
      expect(result.metrics).toMatchObject({ Failures: 1, CutOff: 1 });
    });

    test.each([
      ['HTTP', http],
      ['direct', direct],
    ])('%s: a write that comes later still is refused and harms nothing', async (_caller, call) => {
      await call('writes when it is too late');
      expect(await http('answers')).toMatchObject({ status: 200, body: '{"ok":true}' });
    });
  });

  describe.each([
    ['HTTP', http],
    ['direct', direct],
  ])('write called twice, %s', (_caller, call) => {
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

  describe.each([
    ['HTTP', http],
    ['direct', direct],
  ])('after the answer, %s', (_caller, call) => {
    const answered = { status: 200, body: '{"ok":true}' };

    test('handle throws after write: ERROR, failure metric, a normal end', async () => {
      const result = await call('throws after write');
      expect(result).toMatchObject(answered);
      expect(messages(result, 'ERROR')).toEqual(['Handler failed after the response']);
      expect(result.metrics.Failures).toBe(1);
      expect(result.report.handler).toBe('failed');
    });

    test('a waitUntil task fails: ERROR with its name, failure metric, other tasks go on', async () => {
      const result = await call('one task fails');
      expect(result).toMatchObject(answered);
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(error).toMatchObject({ message: 'Background task failed', task: 'webhook' });
      expect(result.metrics).toMatchObject({ Failures: 1, TasksFailed: 1, TasksCompleted: 1 });
      expect(outcomes(result.report)).toEqual([
        ['webhook', 'failed'],
        ['audit', 'completed'],
      ]);
    });

    test('a task registers another: it is awaited too', async () => {
      const result = await call('a task registers another');
      expect(result).toMatchObject(answered);
      expect(outcomes(result.report)).toEqual([
        ['parent', 'completed'],
        ['child', 'completed'],
      ]);
    });

    test.each<ScenarioName>(['a promise nobody tracks rejects', 'a timer throws'])(
      '%s: ERROR, failure metric; process and other tasks go on',
      async (scenario) => {
        const result = await call(scenario);
        expect(result).toMatchObject(answered);
        expect(messages(result, 'ERROR')).toEqual(['Error that nobody caught']);
        expect(result.metrics.Failures).toBe(1);
        expect(outcomes(result.report)).toEqual([['audit', 'completed']]);
        expect(await call('answers')).toMatchObject({ report: { coldStart: false } });
      },
    );

    test('something else than an Error is thrown: ERROR that says so', async () => {
      const result = await call('something else than an Error is thrown');
      expect(result).toMatchObject(answered);
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(JSON.stringify(error)).toContain('Expected an Error to be thrown, received string');
    });

    test('deadline minus reserve: what has not settled is cut off by name, before Lambda kills the invocation', async () => {
      const result = await call('a task never settles');
      expect(result).toMatchObject(answered);
      expect(outcomes(result.report)).toEqual([
        ['stuck', 'cut off'],
        ['audit', 'completed'],
      ]);
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(error).toMatchObject({ message: 'Background task cut off', task: 'stuck' });
      expect(result.metrics).toMatchObject({ CutOff: 1, Failures: 0 });
      expect(result.lines.join()).not.toContain('Task timed out');
      expect(await call('answers')).toMatchObject({ report: { coldStart: false } });
    });

    test('deadline minus reserve: the signal aborts, and a task that honours it completes', async () => {
      const result = await call('a task winds up when the signal aborts');
      expect(outcomes(result.report)).toEqual([['long', 'completed']]);
      const woundUp = result.records.find(({ message }) => message === 'wound up');
      expect(woundUp?.['reason']).toBe('DeadlineApproachingError: Lambda ends this invocation in 200 ms');
    });

    test('handle itself never returns after write: it is cut off', async () => {
      const result = await call('handle never returns after write');
      expect(result).toMatchObject({ ...answered, report: { handler: 'cut off' }, metrics: { CutOff: 1 } });
    });

    test('a task that is cut off and keeps the event loop busy does not hold the invocation', async () => {
      const result = await call('a task keeps the event loop busy after it is cut off');
      expect(result).toMatchObject(answered);
      expect(result.lines.join()).not.toContain('Task timed out');
    });

    test('registering what is not a task is a TypeError at the line that did it', async () => {
      const result = await call('registers what is not a task');
      const [error] = result.records.filter(({ level }) => level === 'ERROR');
      expect(JSON.stringify(error)).toContain('waitUntil expects a promise or a function, received number');
    });

    test('a write that handle does not await is a response all the same', async () => {
      expect(await call('does not await its write')).toMatchObject({ ...answered, metrics: { Failures: 0 } });
    });

    test('five tasks, of which one throws, one rejects untracked, one never settles, one registers a sixth', async () => {
      const result = await call('five tasks and a sixth');
      expect(result).toMatchObject(answered);
      expect(outcomes(result.report)).toEqual([
        ['throws', 'failed'],
        ['rejects untracked', 'completed'],
        ['never settles', 'cut off'],
        ['registers a sixth', 'completed'],
        ['completes', 'completed'],
        ['sixth', 'completed'],
      ]);
      expect(result.lines.join()).not.toContain('Task timed out');
      expect(await call('answers')).toMatchObject({ report: { coldStart: false } });
    });
  });

  test('caller hangs up: background goes on', async () => {
    const caller = new AbortController();
    const known = new Set(lambda.log.map(({ text }) => text));
    const started = lambda.waitForLog(({ text }) => text.startsWith('START') && !known.has(text));
    const url = lambda.functionUrls[0]?.url ?? '';
    const call = fetch(`${url}?scenario=answers+a+little+later`, { signal: caller.signal });
    const { requestId } = await started;
    caller.abort();
    await expect(call).rejects.toThrow('aborted');

    const { report } = await observe(lambda, requestId ?? '');
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
    expect(outcomes(report)).toEqual([['audit', 'completed']]);
  });

  test('a task registered after the invocation has ended is refused', async () => {
    await http('registers a task after its invocation has ended');
    // What is left of the one before goes on while the environment is thawed for the next.
    const next = await http('answers a little later');
    const refused = await lambda.waitForLog(({ text }) => text.includes('"refused"'));
    expect(refused.text).toContain('InvocationEndedError: Expected waitUntil to be called during its invocation');
    expect(outcomes(next.report)).toEqual([['audit', 'completed']]);
  });

  describe('what cannot be survived', () => {
    test.each<[ScenarioName, string]>([
      ['a task blocks the event loop past the deadline', 'Task timed out after 1.00 seconds'],
      ['a task ends the process', 'Runtime exited with error: exit status 3'],
    ])('%s: the caller has its answer, the platform reports, the next request is served', async (scenario, why) => {
      const answer = await callUrl(lambda, 'Scenarios', { scenario });
      expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
      await lambda.waitForLog(({ text }) => text.startsWith(`REPORT RequestId: ${answer.requestId}`));
      const lines = lambda.log.filter(({ requestId }) => requestId === answer.requestId).map(({ text }) => text);
      expect(lines.join('\n')).toContain(why);
      expect(await http('answers')).toMatchObject({ status: 200, body: '{"ok":true}' });
    });
  });

  describe('the answer', () => {
    test.each<[ScenarioName, number]>([
      ['answers 204', 204],
      ['answers 304', 304],
    ])('%s keeps its status and headers and has no body', async (scenario, status) => {
      const result = await http(scenario);
      expect(result).toMatchObject({ status, body: '' });
      expect(result.headers.get('etag')).toBe('"1"');
    });

    test('to HEAD keeps its status and headers and has no body', async () => {
      const result = await http('answers with status, header and cookies', 'HEAD');
      expect(result).toMatchObject({ status: 201, body: '' });
      expect(result.headers.get('content-type')).toBe('application/json');
    });

    test('has the status, headers and cookies that write was given', async () => {
      const result = await http('answers with status, header and cookies');
      expect(result).toMatchObject({ status: 201, body: '{"ok":true}' });
      expect(result.headers.get('x-kind')).toBe('test');
      expect(result.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
    });

    test('is the bare JSON to a direct caller, whatever metadata write was given', async () => {
      const result = await direct('answers with status, header and cookies');
      expect(result).toMatchObject({ status: 200, body: '{"ok":true}' });
    });
  });
});
