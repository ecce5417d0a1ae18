import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { property } from '../../../runtime/request/read-property';
import { examples, folderOf } from '../../helpers/adopt';
import { folderWith } from '../../helpers/folder-with';
import { outcomes } from '../../helpers/function-records';
import { observe } from '../../helpers/invocations';
import { type ObservedLambda, startObservedLambda } from '../../helpers/local-lambda';
import { runtimeClients } from '../../helpers/runtime-clients';

/** The name of the task of each example, in the order of docs/adopt.md. */
const tasks = {
  Hono: 'task 1',
  Hono2: 'receipt',
  h3andsrvx: 'task 1',
  ittyrouter: 'receipt',
  Express: 'receipt',
  Aplainhandler: 'receipt',
  Ahandlerthatstreams: 'receipt',
  Middy: 'receipt',
  Powertools: 'receipt',
  Sentry: 'sentry',
  OpenTelemetry: 'spans',
  waitUntilofvercelfunctions: 'task 1',
};

let sentry: Server;
let received = '';
let goOn: () => void;
let mayGoOn: Promise<void>;
let folder: string;
let receipts: string;

beforeAll(async () => {
  // Takes what is sent to it, and confirms it when it may go on.
  sentry = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => (received += text));
    mayGoOn.then(
      () => response.end('{}'),
      () => undefined,
    );
  });
  await once(sentry.listen(0, '127.0.0.1'), 'listening');
  receipts = await folderWith({});
  const { port } = addressOf(sentry);
  folder = await folderOf(examples(), { RECEIPTS: receipts, SENTRY_DSN: `http://public@127.0.0.1:${port}/1` });
});
afterAll(() => {
  sentry.closeAllConnections();
  sentry.close();
});

test('each example of docs/adopt.md has a test', () => {
  expect(examples().map(({ name }) => name)).toEqual(Object.keys(tasks));
});

test('TypeScript finds no fault with the examples', async () => {
  const tsc = require.resolve('typescript/bin/tsc');
  const checked = promisify(execFile)(process.execPath, [tsc, '--project', folder]);
  expect(await checked.then(() => '', stdoutOf)).toBe('');
});

describe.each(runtimeClients)('an example of docs/adopt.md on %s', (client, ric) => {
  let lambda: ObservedLambda;
  beforeAll(async () => {
    lambda = await startObservedLambda({ template: path.join(folder, 'template.yaml'), ric });
  });

  const urlOf = (name: string) => lambda.functionUrls.find(({ functionName }) => functionName === name)?.url ?? '';

  const order = async (name: string) => {
    mayGoOn = new Promise((resolve) => (goOn = resolve));
    const id = `${name} on ${client}`;
    const response = await fetch(`${urlOf(name)}orders`, { method: 'POST', body: id });
    const answer = { status: response.status, body: await response.json() };
    // Only now, with the answer in hand.
    await writeFile(path.join(receipts, id), '');
    goOn();
    expect(answer).toEqual({ status: 200, body: { accepted: id } });
    return await observe(lambda, response.headers.get('x-amzn-requestid') ?? '');
  };

  test.each(Object.entries(tasks))('%s: the answer, and then the work', async (name, task) => {
    const { report, lines } = await order(name);
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
    expect(outcomes(report)).toEqual([[task, 'completed']]);
    if (name === 'Sentry') expect(received).toContain(`${name} on ${client} is out of stock`);
    if (name === 'OpenTelemetry') expect(lines.join()).toContain("name: 'accept order'");
  });

  test('Express itself answers what no route takes', async () => {
    const response = await fetch(`${urlOf('Express')}nowhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Cannot GET /nowhere');
  });
});

function stdoutOf(error: unknown): unknown {
  return property(error, 'stdout');
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port');
  return address;
}
