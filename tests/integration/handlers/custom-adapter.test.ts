import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { outcomes } from '../../helpers/function-records';
import { callApi, type Observation, observe } from '../../helpers/invocations';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';

/** An adapter as a user would write it, see docs/adapters.md. */
describe.each([
  ['aws-lambda-ric 4, of the Node.js 24 runtime', require.resolve('aws-lambda-ric')],
  ['aws-lambda-ric 3, of the Node.js 22 runtime', require.resolve('aws-lambda-ric-3/bin/index.mjs')],
])('an adapter of one’s own, on %s', (_, ric) => {
  let lambda: ObservedLambda;
  let url: string;

  beforeAll(async () => {
    const template = join(__dirname, '../../fixtures/custom-adapter/template.yaml');
    lambda = await startObservedLambda({ template, ric });
    url = lambda.functionUrls[0]?.url ?? '';
  });

  const observed = (response: Response): Promise<Observation> =>
    observe(lambda, response.headers.get('x-amzn-requestid') ?? '');

  test('reads the bytes of the request and answers with bytes', async () => {
    const bytes = randomBytes(100_000);
    const response = await fetch(`${url}echo`, { method: 'POST', body: bytes });
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status: 201,
      type: 'image/png',
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    const { records, report } = await observed(response);
    expect(records.find(({ message }) => message === 'Served')).toMatchObject({ path: '/echo', same: true });
    expect(outcomes(report)).toEqual([['audit', 'completed']]);
  });

  test('answers with an empty body and no content type of ours', async () => {
    const response = await fetch(`${url}empty`);
    expect(response.headers.get('x-empty')).toBe('yes');
    expect(await response.text()).toBe('');
  });

  test('streams a body of 100 MB without holding it in memory', async () => {
    const response = await fetch(`${url}pieces?parts=1600`);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.length).toBe(1_600 * 65_536 + 3);
    expect(body.subarray(-3).toString()).toBe('end');
    const { lines, report } = await observed(response);
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
    const [, used] = /Max Memory Used: (\d+) MB/.exec(lines.join()) ?? [];
    expect(Number(used)).toBeLessThan(128);
  });

  test('sends the head alone to HEAD, and does not begin the body', async () => {
    const response = await fetch(`${url}breaks`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect((await observed(response)).report).toMatchObject({ failures: 0 });
  });

  test('a body that fails half-way: the connection ends without its end, ERROR, the tasks run', async () => {
    const response = await fetch(`${url}breaks`);
    await expect(response.text()).rejects.toThrow('terminated');
    const { records, report } = await observed(response);
    const errors = records.filter(({ level }) => level === 'ERROR');
    expect(errors).toMatchObject([
      { message: 'Handler failed after the response', error: { message: 'no more of it' } },
    ]);
    expect(outcomes(report)).toEqual([['audit', 'completed']]);
    expect((await observed(await fetch(`${url}empty`))).report).toMatchObject({ coldStart: false });
  });

  test('refuses by a RequestError of its own', async () => {
    const response = await fetch(`${url}none`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Expected the path of a file, received /none' });
  });

  test('answers a direct caller', async () => {
    const { body } = await callApi(lambda, 'Files', { any: 'thing' });
    expect(JSON.parse(body)).toEqual({ received: { any: 'thing' } });
  });
});
