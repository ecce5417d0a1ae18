import { startLocalLambda, type TestLambda } from '../../../testing';

const start = (name: string): Promise<TestLambda> =>
  startLocalLambda({ template: 'tests/fixtures/frameworks/template.yaml', function: name });

describe.each(['Hono', 'Middy', 'Powertools', 'Plain'])('a handler written with %s runs unchanged', (name) => {
  let lambda: TestLambda;

  beforeAll(async () => {
    lambda = await start(name);
  });
  afterAll(() => lambda.close());

  test('with its status, its headers, its cookies and its JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await lambda.fetch('/echo', { method: 'POST', headers, body: '{"message":"Grüße"}' });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.getSetCookie()).toEqual(['seen=yes']);
    expect(await response.json()).toEqual({ echoedMessage: 'Grüße' });
  });

  test('with a body that it streams', async () => {
    const response = await lambda.fetch('/stream');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toBe('one\ntwo\nthree\n');
  });
});

test('a middleware of Middy has its say', async () => {
  await using lambda = await start('Middy');
  expect((await lambda.fetch('/stream')).headers.get('x-middleware')).toBe('seen');
});
