import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomes } from '../../helpers/function-records';
import { callApi, type Observation, observe } from '../../helpers/invocations';
import { fences } from '../../helpers/readme';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';
import { runtimeClients } from '../../helpers/runtime-clients';

const fixture = join(__dirname, '../../fixtures/custom-adapter');

test('docs/adapters.md shows the adapter that is tested here', async () => {
  const page = await readFile(join(__dirname, '../../../docs/adapters.md'), 'utf8');
  const code = await readFile(join(fixture, 'handler.ts'), 'utf8');
  const shown = fences(page).map(({ content }) => content);
  expect(shown).toHaveLength(2);
  for (const block of shown) expect(code).toContain(block);
});

describe.each(runtimeClients)('an adapter of one’s own, on %s', (_, ric) => {
  let lambda: ObservedLambda;
  let url: string;
  const urlOf = (name: string) => lambda.functionUrls.find(({ functionName }) => functionName === name)?.url ?? '';

  beforeAll(async () => {
    const template = join(fixture, 'template.yaml');
    lambda = await startObservedLambda({ template, ric });
    url = urlOf('Files');
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
    const response = await fetch(`${url}pieces?count=1600`);
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

  test('a body that has not ended when the grace ends is cut off, and so is the connection', async () => {
    const response = await fetch(`${urlOf('Hasty')}endless`);
    await expect(response.text()).rejects.toThrow('terminated');
    const { report, metrics, lines } = await observed(response);
    expect(report).toMatchObject({ handler: 'cut off', failures: 0 });
    expect(metrics.CutOff).toBe(2);
    expect(lines.join()).not.toContain('Task timed out');
    const next = await fetch(`${urlOf('Hasty')}empty`);
    expect(await next.text()).toBe('');
    expect((await observed(next)).report).toMatchObject({ coldStart: false, failures: 0 });
  });

  test('a body that its writer forgot to end ends the connection, and does not hang', async () => {
    const response = await fetch(`${url}forgotten`);
    await expect(response.text()).rejects.toThrow('terminated');
    const { records, report } = await observed(response);
    expect(JSON.stringify(records)).toContain('Expected the writer of a body to end the stream');
    expect(report.failures).toBe(1);
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
