import type { CorsDefinition } from '../../../local/template/definition';
import { serveFunctionUrl } from '../../helpers/function-url';
import { send } from '../../helpers/http-client';
import { closeAll } from '../../helpers/running-pool';

afterEach(closeAll);

const origin = 'https://app.example';
const open: CorsDefinition = {
  allowCredentials: false,
  allowHeaders: ['content-type', 'x-custom'],
  allowMethods: ['GET', 'POST'],
  allowOrigins: ['*'],
  exposeHeaders: ['etag'],
  maxAge: 300,
};

const preflight = (from: string) => ({
  method: 'OPTIONS',
  headers: { origin: from, 'access-control-request-method': 'POST' },
});

/** The headers by which a browser decides, and no other. */
const corsOnly = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^access-control-|^vary$/.test(name)));

test('a preflight is answered without the function', async () => {
  const { url, lines } = await serveFunctionUrl('http.answers', { config: { cors: open } });
  const { status, headers, body } = await send(url, preflight(origin));
  expect({ status, body }).toEqual({ status: 200, body: '' });
  expect(corsOnly(headers)).toEqual({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'content-type,x-custom',
    'access-control-expose-headers': 'etag',
    'access-control-max-age': '300',
  });
  expect(lines).toEqual([]);
});

test('an origin that is not in the list hears of nothing, though its request reaches the function', async () => {
  const cors = { ...open, allowOrigins: [origin], allowCredentials: true };
  const { url } = await serveFunctionUrl('streaming.echo', { config: { cors } });
  const refused = await send(url, preflight('https://evil.example'));
  expect({ status: refused.status, headers: corsOnly(refused.headers) }).toEqual({ status: 200, headers: {} });
  const foreign = await send(url, { headers: { origin: 'https://evil.example' } });
  expect({ status: foreign.status, headers: corsOnly(foreign.headers) }).toEqual({ status: 200, headers: {} });
  const allowed = await send(url, { headers: { origin } });
  expect(corsOnly(allowed.headers)).toEqual({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'etag',
    vary: 'Origin',
  });
});

test('an error says so too, or a page could not read it', async () => {
  const { url } = await serveFunctionUrl('streaming.throwsBefore', { config: { cors: open } });
  const { status, headers } = await send(url, { headers: { origin } });
  expect({ status, allowed: headers['access-control-allow-origin'] }).toEqual({ status: 502, allowed: '*' });
});

test('what the function says too is sent twice, as on AWS, which browsers refuse, and one warning says so', async () => {
  const { url, warnings } = await serveFunctionUrl('http.answers', { config: { cors: open } });
  const own = { 'Access-Control-Allow-Origin': 'https://own.example', 'Access-Control-Allow-Methods': 'GET' };
  const metadata = encodeURIComponent(JSON.stringify({ headers: own }));
  const ask = () => send(`${url}?metadata=${metadata}`, { headers: { origin } });
  for (const { headers } of [await ask(), await ask()]) {
    expect(corsOnly(headers)).toEqual({
      'access-control-allow-origin': '*, https://own.example',
      'access-control-allow-methods': 'GET',
      'access-control-expose-headers': 'etag',
    });
  }
  expect(warnings).toEqual([expect.stringContaining('sent access-control-allow-origin twice')]);
});

test('what the function says is sent once where its request has no Origin, or the template no Cors', async () => {
  const metadata = encodeURIComponent(JSON.stringify({ headers: { 'Access-Control-Allow-Origin': '*' } }));
  for (const [config, headers] of [
    [{ cors: open }, {}],
    [{}, { origin }],
  ] as const) {
    const { url, warnings } = await serveFunctionUrl('http.answers', { config });
    const response = await send(`${url}?metadata=${metadata}`, { headers });
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(warnings).toEqual([]);
  }
});

test('OPTIONS that is no preflight, and any OPTIONS where the template has no Cors, is for the function', async () => {
  const withCors = await serveFunctionUrl('streaming.echo', { config: { cors: open } });
  expect((await send(withCors.url, { method: 'OPTIONS' })).body).toContain('"method":"OPTIONS"');
  const without = await serveFunctionUrl('streaming.echo');
  expect((await send(without.url, preflight(origin))).body).toContain('"method":"OPTIONS"');
});

describe('behind AWS_IAM, where nobody signs', () => {
  const evil = 'https://evil.example';
  const iam = (cors?: CorsDefinition) =>
    serveFunctionUrl('streaming.echo', { config: { authType: 'AWS_IAM', ...(cors && { cors }) } });
  const statusOf = async (url: string, headers: Record<string, string>, method = 'POST') =>
    (await send(url, { method, headers })).status;

  test('a web page of another site cannot run the function', async () => {
    const { url, lines } = await iam();
    const answer = await send(url, { method: 'POST', headers: { origin: evil } });
    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } });
    expect(answer.body).toContain('AuthType is AWS_IAM');
    // A sandboxed frame; an image or a link; a question that there is no Cors to answer.
    expect(await statusOf(url, { origin: 'null' })).toBe(403);
    expect(await statusOf(url, { 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(403);
    expect(await statusOf(url, preflight(evil).headers, 'OPTIONS')).toBe(403);
    expect(lines).toEqual([]);
  });

  test('a page of this machine can, and so can whatever is no web page', async () => {
    const { url } = await iam();
    expect(await statusOf(url, {})).toBe(200);
    expect(await statusOf(url, { 'sec-fetch-mode': 'cors' })).toBe(200);
    expect(await statusOf(url, { 'sec-fetch-site': 'none' }, 'GET')).toBe(200);
    expect(await statusOf(url, { origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' })).toBe(200);
  });

  test('a page that Cors allows can, after the question of its browser', async () => {
    const { url } = await iam({ ...open, allowOrigins: [origin] });
    const asked = await send(url, preflight(origin));
    expect(asked).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } });
    expect(await statusOf(url, { origin, 'sec-fetch-site': 'cross-site' })).toBe(200);
    expect(await statusOf(url, { origin: evil, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect((await send(url, preflight(evil))).status).toBe(200);
  });
});
