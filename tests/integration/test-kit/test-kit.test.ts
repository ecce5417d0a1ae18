import { object, parse, string } from 'valibot';
import { startLocalLambda, type TestLambda } from '../../../testing';
import { folderWith } from '../../helpers/folder-with';

const template = 'tests/fixtures/test-kit/template.yaml';

const order = (what: string): RequestInit => ({ method: 'POST', body: JSON.stringify({ order: what }) });

describe('a function behind its URL', () => {
  let lambda: TestLambda;

  beforeAll(async () => {
    lambda = await startLocalLambda({ template, function: 'Kitchen' });
  });
  afterAll(() => lambda.close());

  test('answers before its invocation has ended, whose end tells of all of it', async () => {
    const response = await lambda.fetch('//any/path?and=query', order('soup'));
    let ended = false;
    const watched = response.invocation.then((invocation) => {
      ended = true;
      return invocation;
    });
    expect(await response.json()).toEqual({ served: 'soup' });
    expect(ended).toBe(false);

    const { requestId, status, durationMs, report, log } = await watched;
    expect({ requestId, status }).toEqual({ requestId: response.headers.get('x-amzn-requestid'), status: 'success' });
    expect(durationMs).toBeGreaterThanOrEqual(200);
    expect(report).toMatchObject({
      handler: 'completed',
      failures: 0,
      tasks: [{ name: 'cook', outcome: 'completed' }],
    });
    expect(log[0]).toBe(`START RequestId: ${requestId} Version: $LATEST`);
    expect(log.filter((line) => line.includes('"cooking"'))).toHaveLength(1);
    expect(log.at(-1)).toMatch(new RegExp(`^REPORT RequestId: ${requestId}\\t`));
  });

  test('has a task that fails', async () => {
    const { report, status } = await (await lambda.fetch('/', order('burnt'))).invocation;
    expect(report?.tasks).toEqual([expect.objectContaining({ name: 'cook', outcome: 'failed' })]);
    // The answer had gone: of an invocation like this Lambda says that it went well.
    expect(status).toBe('success');
  });

  test('has a task that is cut off', async () => {
    const { report } = await (await lambda.fetch('/', order('slow'))).invocation;
    expect(report?.tasks).toEqual([expect.objectContaining({ name: 'cook', outcome: 'cut off' })]);
  });

  test('refuses by itself what exceeds its concurrency', async () => {
    const first = await lambda.fetch('/', order('soup'));
    const second = await lambda.fetch('/', order('soup'));
    expect(second.status).toBe(429);
    await expect(second.invocation).rejects.toThrow(/its Function URL answered 429 by itself/);
    await first.invocation;
  });
});

describe('a function that is invoked directly', () => {
  let lambda: TestLambda;

  beforeAll(async () => {
    lambda = await startLocalLambda({ template, function: 'WithoutUrl', variables: { TASK_SECONDS: '0' } });
  });
  afterAll(() => lambda.close());

  test('answers what it wrote', async () => {
    const { payload, functionError, invocation } = await lambda.invoke({ order: 'soup' });
    expect({ payload, functionError }).toEqual({ payload: { served: 'soup' }, functionError: undefined });
    expect((await invocation).report?.tasks).toMatchObject([{ name: 'cook', outcome: 'completed' }]);
  });

  test('fails', async () => {
    const { payload, functionError, invocation } = await lambda.invoke({ order: 'explode' });
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'Error', errorMessage: 'gas leak' });
    expect(await invocation).toMatchObject({ status: 'error', report: { handler: 'failed', failures: 1 } });
  });

  test('has no URL to fetch', async () => {
    await expect(lambda.fetch('/')).rejects.toThrow(
      'Expected WithoutUrl to have a Function URL, the template gives it none',
    );
  });
});

test('says what is missing when the end takes too long', async () => {
  await using lambda = await startLocalLambda({ template, function: 'Kitchen', patience: 0.1 });
  const { invocation } = await lambda.invoke({ order: 'slow' });
  await expect(invocation).rejects.toThrow(
    /to end within 0.1 s: there is no REPORT yet\. Its log so far:\nSTART RequestId/,
  );
});

test('says that it was closed before an invocation had ended, and leaves no process', async () => {
  const lambda = await startLocalLambda({ template, function: 'Kitchen' });
  const { invocation } = await lambda.invoke({ order: 'slow' });
  await lambda.close();
  await lambda.close();
  await expect(invocation).rejects.toThrow(/the local Lambda was closed before/);
});

describe('a function with queued tasks', () => {
  let lambda: TestLambda;

  beforeAll(async () => {
    lambda = await startLocalLambda({
      template: 'tests/fixtures/queued-tasks/template.yaml',
      function: 'Shop',
      variables: { ATTEMPTS_FOLDER: await folderWith({}) },
      retryDelay: 0.01,
      patience: 15,
    });
  });
  afterAll(() => lambda.close());

  const enqueue = async (work: string): Promise<string> => {
    const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify({ by: 'enqueue', work }) });
    return parse(object({ id: string() }), await response.json()).id;
  };
  const nextOf = (task: string) => lambda.nextInvocation(({ report }) => report?.queuedTask?.id === task);

  // By default the third attempt would come after three minutes.
  test('has each attempt of a task, with the report and the log of its own', async () => {
    const task = await enqueue('fails twice');
    const attempts = [await nextOf(task), await nextOf(task), await nextOf(task)];
    expect(attempts.map(({ status, report }) => [status, report?.handler])).toEqual([
      ['error', 'failed'],
      ['error', 'failed'],
      ['success', 'completed'],
    ]);
    expect(attempts.map(({ log }) => log.filter((line) => line.startsWith('START ')).length)).toEqual([1, 1, 1]);
    expect(attempts.map(({ log }) => /"attempt":(\d)/.exec(log.join())?.[1])).toEqual(['1', '2', '3']);
  });

  test('has a task whether it ended before somebody asked or after', async () => {
    const early = lambda.nextInvocation(({ report }) => report?.queuedTask?.name === 'send receipt');
    const first = await enqueue('completes');
    expect((await early).report?.queuedTask).toEqual({ name: 'send receipt', id: first });

    const [second, third] = [await enqueue('completes'), await enqueue('completes')];
    expect((await nextOf(third)).report?.queuedTask?.id).toBe(third);
    expect((await nextOf(second)).report?.queuedTask?.id).toBe(second);
  });

  test('rejects with what the condition throws', async () => {
    await expect(
      lambda.nextInvocation(() => {
        throw new Error('no condition');
      }),
    ).rejects.toThrow('no condition');
  });
});

test('says what has ended instead of the invocation that was waited for', async () => {
  await using lambda = await startLocalLambda({ template, function: 'WithoutUrl', patience: 1 });
  const { requestId } = await lambda.invoke({ order: 'explode' });
  await expect(lambda.nextInvocation(({ status }) => status === 'timeout')).rejects.toThrow(
    `status === 'timeout' to end within 1 s: ended so far: ${requestId} (error)`,
  );
});

test.each([
  [
    { template, variables: { TASK_SECOND: '1' } },
    /^Expected variables that the template declares \(TASK_SECONDS\), received TASK_SECOND\.$/,
  ],
  [{ template }, /^Expected the id of a function, since the template has several: Kitchen, WithoutUrl\.$/],
  [
    { template, function: 'Cellar' },
    /^Expected a function of the template \(Kitchen, WithoutUrl\), received Cellar\.$/,
  ],
  [{ template, function: 'Kitchen', retryDelay: -1 }, /^Expected retryDelay to be seconds, 0 to 2147483, received -1$/],
  [
    { template, function: 'Kitchen', patience: Infinity },
    /^Expected patience to be seconds, 0 to 2147483, received Infinity$/,
  ],
  [{ template: 'no.yaml' }, /^Expected a SAM template at no\.yaml/],
])('refuses %j', async (options, message) => {
  await expect(startLocalLambda(options)).rejects.toThrow(message);
});

test.each([
  [
    { varables: {} },
    'Expected options of startLocalLambda (template, function, variables, parameters, patience, retryDelay), received varables',
  ],
  [{ variables: { TASK_SECONDS: 1 } }, 'Expected variables.TASK_SECONDS to be string, received 1'],
  [{ patience: '5' }, 'Expected patience to be number, received "5"'],
  [null, 'Expected the options to be Object, received null'],
])('refuses %j, which only JavaScript lets through', async (options, message) => {
  await expect(Reflect.apply(startLocalLambda, undefined, [options])).rejects.toThrow(new TypeError(message));
});
