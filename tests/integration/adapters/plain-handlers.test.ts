import { errorsIn, onBothRuntimes } from '../../helpers/adapters';
import { outcomes } from '../../helpers/function-records';
import { callApi, observe } from '../../helpers/invocations';
import { errorOf } from '../../helpers/runtime-clients';

/** Docs: docs/adopt.md, "A plain handler". */
onBothRuntimes('handler-adapter', ({ lambda, urlOf, observed }) => {
  const get = (scenario: string, name = 'Plain', init: RequestInit = {}) =>
    fetch(`${urlOf(name)}/${scenario}`, { redirect: 'manual', ...init });
  const direct = (scenario: string, name = 'Plain') => callApi(lambda(), name, { scenario });
  const read = async (response: Response) => ({ status: response.status, body: await response.text() });

  describe('what a handler returns', () => {
    test('status, headers, cookies and body', async () => {
      const response = await get('response');
      expect(await read(response)).toEqual({ status: 201, body: '<p>' });
      expect(response.headers.get('content-type')).toBe('text/html');
      expect(response.headers.get('x-kind')).toBe('test');
      expect(response.headers.get('x-list')).toBe('a,b');
      expect(response.headers.has('x-none')).toBe(false);
      expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
      expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
    });

    test('as for a REST API: a status of text, several values of a header, cookies among the headers', async () => {
      const response = await get('rest-api');
      expect(await read(response)).toEqual({ status: 200, body: 'ok' });
      expect(response.headers.get('x-kind')).toBe('two,three');
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    });

    test('bytes in base64', async () => {
      const response = await get('bytes');
      expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 1]);
    });

    test.each([
      ['no-body', 204, '', 'application/octet-stream'],
      ['redirect', 302, '', 'application/json'],
      ['body-of-json', 200, '{"no":"text"}', 'application/json'],
      ['json', 200, '{"any":"thing"}', 'application/json'],
      ['array', 200, '[1,2]', 'application/json'],
      ['text', 200, 'any text', 'application/json'],
      ['number', 200, '42', 'application/json'],
      ['nothing', 200, 'null', 'application/json'],
      ['null', 200, 'null', 'application/json'],
    ])('%s', async (scenario, status, body, contentType) => {
      const response = await get(scenario);
      expect(await read(response)).toEqual({ status, body });
      expect(response.headers.get('content-type')).toBe(contentType);
    });

    test('HEAD: the head alone', async () => {
      const response = await get('response', 'Plain', { method: 'HEAD' });
      expect(await read(response)).toEqual({ status: 201, body: '' });
      expect(response.headers.get('x-kind')).toBe('test');
    });

    test.each([
      ['response', expect.objectContaining({ statusCode: 201, body: '<p>' })],
      ['json', { any: 'thing' }],
      ['text', 'any text'],
      ['nothing', null],
    ])('a direct caller gets it as it is: %s', async (scenario, result) => {
      const { body, headers } = await direct(scenario);
      expect(headers.has('x-amz-function-error')).toBe(false);
      expect(JSON.parse(body)).toEqual(result);
    });
  });

  test('its tasks go on after the answer, by the import and by its context', async () => {
    const response = await get('tasks');
    expect(response.status).toBe(202);
    const { report } = await observed(response);
    expect(outcomes(report)).toEqual([
      ['by import', 'completed'],
      ['by context', 'completed'],
    ]);
    const [started] = report.tasks;
    expect(started?.startMs).toBeGreaterThanOrEqual(report.responseMs ?? Infinity);
  });

  test('the import refuses where no invocation runs: the function loads', async () => {
    expect(await (await get('refused-at-load')).json()).toBe(true);
  });

  const serverError = { status: 500, body: '{"message":"Internal Server Error"}' };

  test.each<[name: string, scenario: string, message: unknown]>([
    ['Plain', 'throws', 'no database'],
    ['Plain', 'bad-status', 'Expected a status code from 200 to 599, received 99'],
    ['Plain', 'bad-header', expect.stringContaining('x-kind')],
    ['Plain', 'bad-json', expect.stringContaining('JSON')],
    ['CallsBack', 'error', 'no database'],
    ['CallsBack', 'error-as-text', 'Expected an Error to be thrown, received string'],
    ['CallsBack', 'throws', 'no database'],
  ])('%s, %s: a 500 without detail, ERROR', async (name, scenario, message) => {
    const response = await get(scenario, name);
    expect(await read(response)).toEqual(serverError);
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject([
      { message: 'Handler failed before the response', error: { message } },
    ]);
    expect(observation.report).toMatchObject({ handler: 'failed', failures: 1 });
  });

  test.each<[name: string, scenario: string, errorType: string, errorMessage: unknown]>([
    ['Plain', 'throws', 'TypeError', 'no database'],
    ['Plain', 'bad-json', 'OutputEncodingError', expect.stringContaining('JSON')],
    ['CallsBack', 'error', 'TypeError', 'no database'],
    ['CallsBack', 'error-as-text', 'string', 'no database'],
    ['CallsBack', 'throws', 'TypeError', 'no database'],
  ])('%s, %s: an error for a direct caller', async (name, scenario, errorType, errorMessage) => {
    expect(errorOf(await direct(scenario, name))).toMatchObject({ errorType, errorMessage });
  });

  describe('a handler that calls back', () => {
    test.each(['later', 'at-once', 'at-once-and-promise', 'in-a-promise', 'twice'])('%s', async (scenario) => {
      const response = await get(scenario, 'CallsBack');
      expect(await read(response)).toEqual({ status: 200, body: 'called back' });
      expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
      expect(JSON.parse((await direct(scenario, 'CallsBack')).body)).toEqual({ statusCode: 200, body: 'called back' });
    });

    test.each(['at-once', 'at-once-and-promise', 'in-a-promise', 'twice'])(
      '%s, of a wrapper that declares no callback',
      async (scenario) => {
        const response = await get(scenario, 'Wrapped');
        expect(await read(response)).toEqual({ status: 200, body: 'called back' });
        const { records } = await observed(response);
        expect(records.filter(({ level }) => level !== 'INFO')).toEqual([]);
      },
    );

    test('too late, of a wrapper that declares no callback: what it has returned is the answer, WARN', async () => {
      const response = await get('while-a-task-runs', 'Wrapped');
      expect(await read(response)).toEqual({ status: 200, body: 'null' });
      const { records, report } = await observed(response);
      expect(report).toMatchObject({ handler: 'completed', failures: 0 });
      expect(records.filter(({ level }) => level !== 'INFO')).toMatchObject([
        { level: 'WARN', message: 'Callback ignored: what the handler had returned was its result' },
      ]);
    });

    test('and goes on: the invocation waits for what it has returned', async () => {
      const response = await get('and-promise', 'CallsBack');
      expect(await response.text()).toBe('called back');
      const { lines, report } = await observed(response);
      expect(lines).toContain('worked on');
      expect(report.handler).toBe('completed');
    });

    test('and fails after that: its answer, ERROR', async () => {
      const response = await get('and-promise-that-rejects', 'CallsBack');
      expect(await read(response)).toEqual({ status: 200, body: 'called back' });
      expect(errorsIn(await observed(response))).toMatchObject([
        { message: 'Handler failed after the response', error: { message: 'no webhook' } },
      ]);
    });

    test('never: a 504 when the grace ends, and the environment goes on', async () => {
      const response = await get('never', 'HastyPlain');
      expect(await read(response)).toEqual({ status: 504, body: '{"message":"Gateway Timeout"}' });
      const { report, lines } = await observed(response);
      expect(report).toMatchObject({ handler: 'cut off' });
      expect(lines.join()).not.toContain('Task timed out');
      const next = await get('later', 'HastyPlain');
      expect((await observed(next)).report).toMatchObject({ coldStart: false, failures: 0 });
      const answer = await direct('never', 'HastyPlain');
      expect(errorOf(answer)).toMatchObject({ errorType: 'ResponseNotSentError' });
      await observe(lambda(), answer.requestId);
    });

    test('nothing that is left open holds the invocation', async () => {
      const { lines } = await observed(await get('at-once', 'CallsBack'));
      expect(lines).toContain('waits for an empty event loop: false');
    });
  });
});
