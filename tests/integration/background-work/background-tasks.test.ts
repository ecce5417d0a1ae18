import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundSeconds } from '../../helpers/background-seconds';
import { type Answer, callApi, callUrl, observe } from '../../helpers/invocations';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';
import { templateWith } from '../../helpers/template-with';
import { testBackgroundTasks } from '../../suites/background-tasks';
import { startLocalTarget } from '../../targets/local-lambda';

const completed = 'BackgroundProcessingHandler - Background tasks completed. Returning';

const input = { message: 'Hello Background Tasks' };
const answer = '{"echoedMessage":"Hello Background Tasks"}';

const callers: [string, (lambda: ObservedLambda) => Promise<Answer>][] = [
  ['the Function URL', (lambda) => callUrl(lambda, 'BackgroundTasks', input)],
  ['the Lambda API', (lambda) => callApi(lambda, 'BackgroundTasks', input)],
];

const start = async (seconds: number) => startObservedLambda({ envVars: await backgroundSeconds(seconds) });

describe('on the local Lambda, from source', () => {
  testBackgroundTasks(() => startLocalTarget());
});

describe('with a second of background work', () => {
  let lambda: ObservedLambda;
  beforeAll(async () => {
    lambda = await start(1);
  });

  test.each(callers)('%s answers before the work is done, and the invocation ends after it', async (_, call) => {
    const { requestId } = await call(lambda);
    // The whole answer is in hand. What the log says by now:
    const linesByNow = lambda.log.filter((line) => line.requestId === requestId).map(({ text }) => text);
    expect(linesByNow.join()).not.toContain(completed);

    const { lines } = await observe(lambda, requestId);
    const place = (text: string) => lines.findIndex((line) => line.includes(text));
    expect(place('START RequestId')).toBe(0);
    expect(place(completed)).toBeLessThan(place('END RequestId'));
    expect(place('END RequestId')).toBeLessThan(place('REPORT RequestId'));
  });

  test.each([['url-post.json'], ['url-post-base64.json'], ['url-get.json']])(
    'a function URL event, events/%s, sent to the Lambda API gets prelude and body',
    async (name) => {
      const event: unknown = JSON.parse(readFileSync(join(__dirname, '../../../events', name), 'utf8'));
      const { body } = await callApi(lambda, 'BackgroundTasks', event);
      const [prelude, content] = body.split('\0'.repeat(8));
      expect(JSON.parse(prelude ?? '')).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' } });
      expect(content).toBe(answer);
    },
  );
});

test('ten callers at once are all answered before any background work has ended', async () => {
  // Long enough for ten environments to start on a machine that is busy with something else.
  const lambda = await start(8);
  const answers = await Promise.all(Array.from({ length: 10 }, () => callUrl(lambda, 'BackgroundTasks', input)));
  expect(lambda.log.filter(({ text }) => text.includes(completed))).toEqual([]);
  expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 10 }, () => answer));

  for (const { requestId } of answers) await observe(lambda, requestId);
  expect(lambda.log.filter(({ text }) => text.includes(completed))).toHaveLength(10);
});

test('the true ten seconds: REPORT says ten or more, and the answer came in less than a fifth of that', async () => {
  const lambda = await startObservedLambda();
  const startedAt = performance.now();
  const { requestId, body } = await callUrl(lambda, 'BackgroundTasks', input);
  const answeredAfter = performance.now() - startedAt;
  expect(body).toBe(answer);

  const { lines } = await observe(lambda, requestId);
  const duration = Number(/\tDuration: ([\d.]+) ms/.exec(lines.at(-1) ?? '')?.[1]);
  expect(duration).toBeGreaterThanOrEqual(10_000);
  expect(answeredAfter).toBeLessThan(duration / 5);
});

test('a BACKGROUND_SECONDS that is no number is an init error that names it', async () => {
  const envVars = join(__dirname, '../../fixtures/bad-background-seconds.json');
  const lambda = await startObservedLambda({ envVars });
  const { headers, body } = await callApi(lambda, 'BackgroundTasks', input);
  expect(headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(JSON.parse(body)).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'Expected BACKGROUND_SECONDS to be a number from 0 to 600, received "ten"',
  });
});

test('work that does not fit into the Timeout is one ERROR record, which says what to do, and no killed process', async () => {
  const template = await templateWith(
    'template.yaml',
    'Resources: { BackgroundTasks: { Properties: { Timeout: 1 } } }',
  );
  const lambda = await startObservedLambda({ template });
  const { requestId, body } = await callUrl(lambda, 'BackgroundTasks', input);
  expect(body).toBe(answer);

  const { lines, records, report } = await observe(lambda, requestId);
  const message = 'Background work of 10 seconds needs longer than the Timeout leaves; raise Timeout in template.yaml';
  expect(records.filter(({ level }) => level === 'ERROR')).toMatchObject([
    { message: 'Handler failed after the response', error: { name: 'Error', message } },
  ]);
  expect(report).toMatchObject({ handler: 'failed', failures: 1 });
  expect(lines.at(-1)).not.toContain('Status: timeout');
});
