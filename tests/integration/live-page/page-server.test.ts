import { request } from 'node:http';
import { encodePayload } from '../../../runtime/queue/payload';
import { firstEvent } from '../../helpers/first-event';
import { startObservedLambda } from '../../helpers/local-lambda';

const template = 'tests/fixtures/plain-function/template.yaml';

async function startPage(host?: string) {
  const lambda = await startObservedLambda({ template, pagePort: 0, host });
  return { lambda, url: lambda.pageUrl ?? '', functionUrl: lambda.functionUrls[0]?.url ?? '' };
}

const statusOf = (url: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    sent.on('error', reject).end();
  });

test('a page of another site gets nothing, and sends nothing', async () => {
  const { lambda, url } = await startPage();
  const foreign = { origin: 'https://example.com' };
  for (const path of ['', 'state', 'page.js']) expect(await statusOf(url + path, foreign)).toBe(403);
  expect(await statusOf(`${url}events`, { ...foreign, 'content-type': 'application/json' }, 'POST')).toBe(403);
  // DNS rebinding.
  expect(await statusOf(`${url}state`, { host: 'rebound.example.com' })).toBe(403);
  // What a form can send without being asked.
  const event = JSON.stringify({ functionName: 'Greeter', by: 'url', payload: '{}' });
  expect((await fetch(`${url}events`, { method: 'POST', body: event })).status).toBe(415);
  expect(lambda.log).toEqual([]);
});

test('its own form may send where it was asked for by an IP address, but not by a name that anybody may have', async () => {
  const { url } = await startPage('0.0.0.0');
  const { port } = new URL(url);
  const sendFrom = (origin: string, host: string) =>
    statusOf(`http://127.0.0.1:${port}/events`, { origin, host, 'content-type': 'application/json' }, 'POST');
  // Let in, and then refused since there is no event in it.
  expect(await sendFrom(`http://192.0.2.1:${port}`, `192.0.2.1:${port}`)).toBe(400);
  expect(await sendFrom(`http://[2001:db8::1]:${port}`, `[2001:db8::1]:${port}`)).toBe(400);
  expect(await sendFrom('http://192.0.2.1:1', `192.0.2.1:${port}`)).toBe(403);
  expect(await sendFrom(`http://192.0.2.2:${port}`, `192.0.2.1:${port}`)).toBe(403);
  // DNS rebinding.
  expect(await sendFrom(`http://rebound.example.com:${port}`, `rebound.example.com:${port}`)).toBe(403);
});

test('the head of a stream of events is refused, since there is no more to it', async () => {
  const { url } = await startPage();
  for (const path of ['state', 'invocations/unknown']) expect(await statusOf(url + path, {}, 'HEAD')).toBe(405);
});

test('its policy lets no script run that is not its own, and nothing of another host load', async () => {
  const { url } = await startPage();
  for (const path of ['', 'page.css', 'page.js', 'icon.svg', 'nothing']) {
    const { headers } = await fetch(url + path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
  expect(await (await fetch(url)).text()).not.toMatch(/https?:\/\/|<script>|style=/);
});

test('names what the event queue delivers: the queued task, where it is one', async () => {
  const { lambda, url } = await startPage();
  const payloads = ['{}', encodePayload({ name: 'send receipt', id: 'id' }, '{}')];
  for (const body of payloads) {
    const headers = { 'x-amz-invocation-type': 'Event' };
    const invocations = `${lambda.apiUrl}/2015-03-31/functions/Greeter/invocations`;
    expect((await fetch(invocations, { method: 'POST', headers, body })).status).toBe(202);
  }
  const state = await firstEvent(`${url}state`);
  expect(state.match(/"title":"[^"]*"/g)).toEqual(['"title":"Invoke, Event"', '"title":"queued task send receipt"']);
});

test('tells of the last 500 invocations, and how many were before', async () => {
  const { lambda, url } = await startPage();
  const dryAndDone = `${lambda.apiUrl}/2015-03-31/functions/Greeter/invocations`;
  for (let count = 0; count < 51; count += 1) {
    // Not JSON: refused at once.
    await Promise.all(
      Array.from({ length: 10 }, () => fetch(dryAndDone, { method: 'POST', body: '{' }).then((r) => r.text())),
    );
  }
  const state: unknown = JSON.parse(await firstEvent(`${url}state`));
  expect(state).toMatchObject({ dropped: 10 });
  expect(state).toHaveProperty('invocations.length', 500);
  expect(state).toHaveProperty('invocations.0.status', 'refused');
});

test('tells whoever looks at one invocation what came, what was answered, and the log', async () => {
  const { lambda, url, functionUrl } = await startPage();
  const response = await fetch(`${functionUrl}a?b=c`, { method: 'POST', body: 'hello' });
  await response.text();
  await lambda.waitForLog(({ text }) => text.startsWith('REPORT'));
  const id = response.headers.get('x-amzn-requestid') ?? '';
  const detail: unknown = JSON.parse(await firstEvent(`${url}invocations/${id}`));
  expect(detail).toMatchObject({
    request: { method: 'POST', target: '/a?b=c', body: { text: 'hello' } },
    response: { status: 200, complete: true, body: { text: 'hello /a' } },
    droppedLines: 0,
  });
  expect(detail).toHaveProperty('request.command', expect.stringMatching(/^curl .*\/a\?b=c'$/));
  expect(JSON.stringify(detail)).toMatch(/"text":"START [^]*"text":"REPORT /);
  expect((await fetch(`${url}invocations/unknown`)).status).toBe(204);
});

const post = (url: string, event: object) =>
  fetch(`${url}events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });

test('refuses to send what is no event, in words', async () => {
  const { url } = await startPage();
  expect((await post(url, { functionName: 'Greeter', by: 'pigeon', payload: '' })).status).toBe(400);
  const unknown = await post(url, { functionName: 'Unknown', by: 'api', payload: '{}' });
  expect(await unknown.text()).toBe('Expected a function of the template, received Unknown');
});

test('says why an event of a Function URL cannot be sent; what can be arrives', async () => {
  const { lambda, url } = await startPage();
  const answerTo = async (method: string, headers: Record<string, string> = {}) => {
    const event = { version: '2.0', requestContext: { http: { method } }, rawPath: '/', rawQueryString: '', headers };
    const payload = JSON.stringify({ ...event, body: 'aGVsbG8=', isBase64Encoded: true });
    const response = await post(url, { functionName: 'Greeter', by: 'url', payload });
    return `${response.status} ${await response.text()}`;
  };
  for (const method of ['CONNECT', 'TRACE', 'FOO', 'patch', '']) {
    expect(await answerTo(method)).toMatch(new RegExp(`^400 This cannot be sent: .*${method}`));
  }
  expect(await answerTo('GET', { 'a b': 'x' })).toMatch(/^400 This cannot be sent: .*a b/);
  expect(await answerTo('GET', { a: '\u20ac' })).toMatch(/^400 This cannot be sent: .*header content \["a"\]/);
  expect(lambda.log).toEqual([]);
  expect(await answerTo('PUT', { a: 'b' })).toBe('202 ');
  await lambda.waitForLog(({ text }) => text.startsWith('REPORT'));
});
