import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorsIn, onBothRuntimes } from '../../helpers/adapters';
import { folderWith } from '../../helpers/folder-with';
import { outcomes } from '../../helpers/function-records';
import { callApi } from '../../helpers/invocations';
import { errorOf } from '../../helpers/runtime-clients';

/** Docs: docs/failures.md, "A handler that streams by itself". Its rows are the names of these tests. */
onBothRuntimes('handler-adapter', ({ lambda, urlOf, observed }) => {
  const get = (scenario: string) => fetch(`${urlOf('Streams')}/${scenario}`);
  const direct = (scenario: string) => callApi(lambda(), 'Streams', { scenario });
  const read = async (response: Response) => ({ status: response.status, body: await response.text() });
  const badGateway = { status: 502, body: 'Internal Server Error' };
  const failedAfter = (message: string) => [{ message: 'Handler failed after the response', error: { message } }];

  describe('the event is the handler’s to read', () => {
    test('event cannot be decoded, method not allowed: it gets whatever comes', async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${urlOf('Streams')}/event`, { method: 'PUT', headers, body: '{no JSON' });
      expect(await response.json()).toMatchObject({ requestContext: { http: { method: 'PUT' } }, body: '{no JSON' });
    });

    test('an event of a gateway that cannot stream: it gets that too', async () => {
      const event = { scenario: 'event', httpMethod: 'GET', path: '/', requestContext: { elb: {} } };
      expect(JSON.parse((await callApi(lambda(), 'Streams', event)).body)).toEqual(event);
    });
  });

  describe('handle throws before write', () => {
    test.each([
      ['throws-before', 'no database'],
      ['throws-after-from', 'no database'],
      ['source-breaks-at-once', 'no more of it'],
    ])('%s: a 500 without detail, ERROR', async (scenario, message) => {
      const response = await get(scenario);
      expect(await read(response)).toEqual({ status: 500, body: '{"message":"Internal Server Error"}' });
      expect(response.headers.get('content-type')).toBe('application/json');
      const observation = await observed(response);
      expect(errorsIn(observation)).toMatchObject([
        { message: 'Handler failed before the response', error: { message } },
      ]);
      expect(observation.report).toMatchObject({ handler: 'failed', failures: 1 });
      expect(errorOf(await direct(scenario))).toMatchObject({ errorType: 'TypeError', errorMessage: message });
    });
  });

  test('output cannot be encoded: an object that is no JSON throws where it is written', async () => {
    const response = await get('no-json');
    expect((await read(response)).status).toBe(500);
    expect(errorsIn(await observed(response))).toMatchObject([
      { message: 'Handler failed before the response', error: { name: 'TypeError' } },
    ]);
  });

  describe('a body that fails half-way', () => {
    test.each([
      ['throws-half-way', 200, 'no more of it'],
      ['source-breaks-half-way', 201, 'no more of it'],
      ['source-breaks-caught', 201, 'no more of it'],
    ])('%s: its beginning and no end, ERROR, and the environment goes on', async (scenario, status, message) => {
      const response = await get(scenario);
      expect(response.status).toBe(status);
      await expect(response.text()).rejects.toThrow('terminated');
      const observation = await observed(response);
      expect(errorsIn(observation)).toMatchObject(failedAfter(message));
      expect(observation.report).toMatchObject({ handler: 'failed', failures: 1 });
      expect(errorOf(await direct(scenario))).toMatchObject({ errorType: 'ResponseStreamError' });
      expect((await observed(await get('http'))).report).toMatchObject({ coldStart: false, failures: 0 });
    });

    test.each([
      ['destroys', 'Premature close'],
      ['content-type-too-late', 'Expected the content type before the first write'],
    ])('%s: no answer that looks whole, ERROR', async (scenario, message) => {
      const response = await get(scenario);
      expect(await read(response)).toEqual(badGateway);
      expect(errorsIn(await observed(response))).toMatchObject(failedAfter(message));
      expect(errorOf(await direct(scenario))).toMatchObject({ errorType: 'ResponseStreamError' });
    });
  });

  test('handle throws after write, that is after the end of its stream: its answer, ERROR', async () => {
    const response = await get('throws-after-end');
    expect(await read(response)).toEqual({ status: 200, body: 'all of it' });
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject(failedAfter('no webhook'));
    expect(observation.report).toMatchObject({ handler: 'failed', failures: 1 });
    expect((await direct('throws-after-end')).body).toBe('all of it');
  });

  test.each([
    ['write called twice, the second after the end of the stream', 'writes-after-end'],
    ['write called twice, the second when the first has gone', 'writes-late'],
    ['write called twice, the second by another end of the stream', 'ends-twice'],
    ['write called twice, the second by another end when the first has gone', 'ends-again-late'],
  ])('%s: the first answer, ERROR', async (_, scenario) => {
    const response = await get(scenario);
    expect(await read(response)).toEqual({ status: 200, body: 'all of it' });
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject(
      failedAfter('Expected the handler to write before it ended its stream, it wrote after'),
    );
    expect((await direct(scenario)).body).toBe('all of it');
  });

  test('an end of the stream that has nothing to write may come twice', async () => {
    const response = await get('ends-again-with-nothing');
    expect(await read(response)).toEqual({ status: 200, body: 'all of it' });
    expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
  });

  test('a waitUntil task fails, and a task registers another: each has its outcome', async () => {
    const response = await get('task-fails');
    expect(await read(response)).toEqual({ status: 200, body: 'answer' });
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject([
      { message: 'Background task failed', error: { message: 'no webhook' } },
    ]);
    expect(outcomes(observation.report)).toEqual([
      ['webhook', 'failed'],
      ['another', 'completed'],
    ]);
    expect(observation.metrics).toMatchObject({ Failures: 1, TasksFailed: 1, TasksCompleted: 1 });
  });

  test('a promise nobody tracks rejects, or a timer throws: its answer, ERROR', async () => {
    const response = await get('stray');
    expect(await read(response)).toEqual({ status: 200, body: 'answer' });
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject([
      { message: 'Error that nobody caught', error: { message: 'in a timer' } },
    ]);
    expect(outcomes(observation.report)).toEqual([['work', 'completed']]);
    expect((await observed(await get('http'))).report).toMatchObject({ coldStart: false });
  });

  test('caller hangs up: the handler goes on to its end', async () => {
    const file = join(await folderWith({}), 'go-on');
    const hangUp = new AbortController();
    const response = await fetch(`${urlOf('Streams')}/pieces?file=${encodeURIComponent(file)}`, hangUp);
    await response.body?.getReader().read();
    hangUp.abort();
    await writeFile(file, '');
    expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
  });

  describe('what is sent is no HTTP', () => {
    test('a status: the Function URL makes a 502 of it, and the library does not know', async () => {
      const response = await get('bad-status');
      expect(await read(response)).toEqual(badGateway);
      expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
    });

    test('a prelude for a direct caller: it gets that, and the body', async () => {
      const { body } = await direct('http');
      const [prelude = '', text] = body.split('\0'.repeat(8));
      expect(JSON.parse(prelude)).toMatchObject({ statusCode: 201 });
      expect(text).toBe('<p></p>');
    });
  });
});
