import { execFile } from 'node:child_process';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { commandFor } from '../../../../../local/page/recorder/command-line';
import type { Header, RequestState } from '../../../../../local/page/state';
import { type HttpServer, readBody, startHttpServer } from '../../../../../local/http/server';
import { testWithCurl } from '../../../../helpers/curl';

type Sent = Pick<RequestState, 'method' | 'target' | 'headers'> & { readonly text: string };

const arrived: Sent[] = [];
let server: HttpServer | undefined;

beforeAll(async () => {
  const takeRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const text = (await readBody(request, 1_048_576))?.toString() ?? '';
    const { method = '', url: target = '', rawHeaders } = request;
    const headers = rawHeaders.flatMap((name, index): Header[] =>
      index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? '']] : [],
    );
    arrived.push({ method, target, headers, text });
    response.end('answer');
  };
  const listener: RequestListener = (request, response) => {
    takeRequest(request, response).catch(() => response.destroy());
  };
  server = await startHttpServer(listener, { host: '127.0.0.1', port: 0 });
});

afterAll(() => server?.close());

/** Runs the line in a shell. Resolves to what arrives, without what curl adds by itself. */
async function repeated({ text, ...request }: Sent): Promise<{ command: string; again: Sent | undefined }> {
  const body = { text, bytes: Buffer.byteLength(text), dropped: 0 };
  const named = { door: 'Function URL', functionName: 'Orders', address: server?.origin ?? '' } as const;
  const command = commandFor({ ...request, body }, named);
  await promisify(execFile)('sh', ['-c', command]);
  const last = arrived.pop();
  const headers = last?.headers.filter(([name]) => !ofCurl.includes(name));
  return { command, again: last && { ...last, headers: headers ?? [] } };
}

const ofCurl = ['host', 'user-agent', 'accept', 'connection', 'content-length'];
const usual: Sent = { method: 'GET', target: '/', headers: [], text: '' };
const post: Sent = { ...usual, method: 'POST' };

const cases: Record<string, Sent> = {
  'a body that curl would take for a file': { ...post, text: '@/etc/hostname' },
  'a body without a type': { ...post, text: '{"a":1}' },
  'a body with a type': { ...post, headers: [['content-type', 'text/plain']], text: `it's "$HOME" \`id\` !! %s \\n` },
  'a body that ends with newlines': { ...post, text: '\u001b[2J\n\n' },
  'a body with control characters': { ...post, text: "-\u001b]0;x\u0007\r\n\u009b2J!%d\\'\u202e" },
  'a path that curl would take for several': { ...usual, target: '/{1,2}?filter[name]=x' },
  'a path that curl would shorten': { ...usual, target: '/json/../echo/.' },
  'a path with a fragment': { ...usual, target: '/a#b' },
  'a path that is a whole address': { ...usual, target: 'http://shop.example/a' },
  'no path': { ...usual, method: 'OPTIONS', target: '*' },
  'a HEAD': { ...usual, method: 'HEAD' },
  'a HEAD with a body': { ...usual, method: 'HEAD', text: 'x' },
  'a GET with a body': { ...usual, text: 'x' },
  'a POST without one': post,
  'an empty header': { ...usual, headers: [['x-empty', '']] },
  'headers of bytes': {
    ...usual,
    headers: [
      ['x-latin', '\u00e9'],
      ['x-utf', '\u00c3\u00a9'],
      ['x-tab', 'a\tb'],
    ],
  },
};

for (const [name, request] of Object.entries(cases)) {
  testWithCurl(`${name} arrives as it was`, async () => {
    const { again, command } = await repeated(request);
    expect(again).toEqual(request);
    expect(command).not.toMatch(/(?![\n\t])\p{Cc}/u);
  });
}

testWithCurl('any request arrives as it was', async () => {
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
    target: fc.stringMatching(/^\/[!-~]{0,20}$/),
    headers: fc.array(fc.tuple(fc.stringMatching(/^x-[a-z]{1,5}$/), fc.stringMatching(/^([!-~\u00a1-\u00ff]{0,8})$/))),
    text: fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\0\p{Surrogate}]/gu, '')),
  });
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      expect((await repeated(sent)).again).toEqual(sent);
    }),
    { numRuns: 20 },
  );
});
