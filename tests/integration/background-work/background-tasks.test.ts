import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EndedInvocation, startLocalLambda, type TestLambda } from '../../../testing';
import { observationOf, recordsIn } from '../../helpers/function-records';
import { templateWith } from '../../helpers/template-with';
import { testBackgroundTasks } from '../../suites/background-tasks';
import { startLocalTarget } from '../../targets/local-lambda';

const completed = 'BackgroundProcessingHandler - Background tasks completed. Returning';

const input = { message: 'Hello Background Tasks' };
const answer = '{"echoedMessage":"Hello Background Tasks"}';

/** Resolves when the whole answer is there. */
const callUrl = async (lambda: TestLambda) => {
  const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify(input) });
  return { body: await response.text(), invocation: response.invocation };
};
const callers: [string, (lambda: TestLambda) => Promise<{ readonly invocation: Promise<EndedInvocation> }>][] = [
  ['the Function URL', callUrl],
  ['the Lambda API', (lambda) => lambda.invoke(input)],
];

const start = (seconds: number) => startLocalLambda({ variables: { BACKGROUND_SECONDS: String(seconds) } });

/** By the clock of this machine, as `Date.now()` tells it. */
function completedAt({ log }: EndedInvocation): number {
  const record = recordsIn(log).find(({ message }) => message === completed);
  return Date.parse(String(record?.['timestamp']));
}

describe('on the local Lambda, from source', () => {
  testBackgroundTasks(() => startLocalTarget());
});

describe('with a second of background work', () => {
  let lambda: TestLambda;
  beforeAll(async () => {
    lambda = await start(1);
  });
  afterAll(() => lambda.close());

  test.each(callers)('%s answers before the work is done, and the invocation ends after it', async (_, call) => {
    const { invocation } = await call(lambda);
    const answeredAt = Date.now();
    const ended = await invocation;
    expect(completedAt(ended)).toBeGreaterThan(answeredAt);

    const place = (text: string) => ended.log.findIndex((line) => line.includes(text));
    expect(place('START RequestId')).toBe(0);
    expect(place(completed)).toBeLessThan(place('END RequestId'));
    expect(place('END RequestId')).toBeLessThan(place('REPORT RequestId'));
  });

  test.each([['url-post.json'], ['url-post-base64.json'], ['url-get.json']])(
    'a function URL event, events/%s, sent to the Lambda API gets prelude and body',
    async (name) => {
      const event: unknown = JSON.parse(readFileSync(join(__dirname, '../../../events', name), 'utf8'));
      const { payload } = await lambda.invoke(event);
      const [prelude, content] = String(payload).split('\0'.repeat(8));
      expect(JSON.parse(prelude ?? '')).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' } });
      expect(content).toBe(answer);
    },
  );
});

test('ten callers at once are all answered before any background work has ended', async () => {
  // Long enough for ten environments to start on a machine that is busy with something else.
  await using lambda = await start(8);
  const answers = await Promise.all(Array.from({ length: 10 }, () => callUrl(lambda)));
  const answeredAt = Date.now();
  expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 10 }, () => answer));

  const ended = await Promise.all(answers.map(({ invocation }) => invocation));
  for (const invocation of ended) expect(completedAt(invocation)).toBeGreaterThan(answeredAt);
});

test('the true ten seconds: REPORT says ten or more, and the answer came in less than a fifth of that', async () => {
  await using lambda = await startLocalLambda();
  const startedAt = performance.now();
  const { invocation, body } = await callUrl(lambda);
  const answeredAfter = performance.now() - startedAt;
  expect(body).toBe(answer);

  const { log } = await invocation;
  const duration = Number(/\tDuration: ([\d.]+) ms/.exec(log.at(-1) ?? '')?.[1]);
  expect(duration).toBeGreaterThanOrEqual(10_000);
  expect(answeredAfter).toBeLessThan(duration / 5);
});

test('a BACKGROUND_SECONDS that is no number is an init error that names it', async () => {
  await using lambda = await startLocalLambda({ variables: { BACKGROUND_SECONDS: 'ten' } });
  const { functionError, payload } = await lambda.invoke(input);
  expect(functionError).toBe('Unhandled');
  expect(payload).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'Expected BACKGROUND_SECONDS to be a number from 0 to 600, received "ten"',
  });
});

test('work that does not fit into the Timeout is one ERROR record, which says what to do, and no killed process', async () => {
  const template = await templateWith(
    'template.yaml',
    'Resources: { BackgroundTasks: { Properties: { Timeout: 1 } } }',
  );
  await using lambda = await startLocalLambda({ template });
  const { invocation, body } = await callUrl(lambda);
  expect(body).toBe(answer);

  const { lines, records, report } = observationOf(await invocation);
  const message = 'Background work of 10 seconds needs longer than the Timeout leaves; raise Timeout in template.yaml';
  expect(records.filter(({ level }) => level === 'ERROR')).toMatchObject([
    { message: 'Handler failed after the response', error: { name: 'Error', message } },
  ]);
  expect(report).toMatchObject({ handler: 'failed', failures: 1 });
  expect(lines.at(-1)).not.toContain('Status: timeout');
});
