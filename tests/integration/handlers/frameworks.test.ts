import { startObservedLambda, type ObservedLambda } from '../../helpers/local-lambda';

let lambda: ObservedLambda;

beforeAll(async () => {
  lambda = await startObservedLambda({ template: 'tests/fixtures/frameworks/template.yaml' });
});

const urlOf = (name: string): string => {
  const url = lambda.functionUrls.find(({ functionName }) => functionName === name)?.url;
  if (url === undefined) throw new Error(`Expected a Function URL of ${name}`);
  return url;
};

describe.each(['Hono', 'Middy', 'Powertools', 'Plain'])('a handler written with %s runs unchanged', (name) => {
  test('with its status, its headers, its cookies and its JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${urlOf(name)}echo`, { method: 'POST', headers, body: '{"message":"Grüße"}' });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.getSetCookie()).toEqual(['seen=yes']);
    expect(await response.json()).toEqual({ echoedMessage: 'Grüße' });
  });

  test('with a body that it streams', async () => {
    const response = await fetch(`${urlOf(name)}stream`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toBe('one\ntwo\nthree\n');
  });
});

test('a middleware of Middy has its say', async () => {
  expect((await fetch(`${urlOf('Middy')}stream`)).headers.get('x-middleware')).toBe('seen');
});
