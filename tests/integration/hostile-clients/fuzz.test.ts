import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startLocalLambda, type LocalLambda } from '../../../local/local-lambda';
import { hostileRequests } from './hostile-requests';

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_251_124);
const BATCH = 250;
const CLIENTS = 8;
/** How long a client waits for an answer to what may not have been a request. */
const PATIENCE_MS = 40;
/** Far below what it would take to keep something of every request. */
const MAX_GROWTH_BYTES = 10_000_000;

let lambda: LocalLambda;
/** The invocations that have begun and not ended. */
const running = new Set<string>();

beforeAll(async () => {
  lambda = await startLocalLambda({
    template: 'tests/fixtures/plain-function/template.yaml',
    port: 0,
    apiPort: 0,
    onLog: ({ text }) => {
      const [, event, requestId = ''] = /^(START|REPORT) RequestId: (\S+)/.exec(text) ?? [];
      if (event === 'START') running.add(requestId);
      if (event === 'REPORT') running.delete(requestId);
    },
  });
});

afterAll(() => lambda.close());

test(`${requests} malformed requests end neither the process nor the service, nor do they fill the memory`, async () => {
  const addresses = [lambda.functionUrls[0]?.url ?? '', lambda.apiUrl];
  const heap: number[] = [];
  for (let sent = 0; sent < requests; sent += BATCH) {
    const batch = hostileRequests(seed + sent, BATCH);
    const client = async (): Promise<void> => {
      for (let bytes = batch.pop(); bytes; bytes = batch.pop()) {
        await assail(addresses[batch.length % 2] ?? '', bytes);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    expect(await (await fetch(`${addresses[0] ?? ''}fine`)).text()).toBe('hello /fine');
    expect(await invoke('{"name":"you"}')).toBe('hello you');
    heap.push(usedHeap());
  }
  while (running.size > 0) await setTimeout(20);
  const settled = heap[Math.floor(heap.length / 4)] ?? 0;
  expect(usedHeap() - settled).toBeLessThan(MAX_GROWTH_BYTES);
}, 300_000);

/** Sends the bytes, and hangs up at the first answer, or when none comes. */
async function assail(url: string, bytes: Buffer): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.once('data', () => socket.destroy());
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.write(bytes);
  if (!socket.closed) await once(socket, 'close');
}

async function invoke(event: string): Promise<string> {
  const url = `${lambda.apiUrl}/2015-03-31/functions/Greeter/invocations`;
  return (await fetch(url, { method: 'POST', body: event })).text();
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function usedHeap(): number {
  if (typeof collectGarbage === 'function') Reflect.apply(collectGarbage, undefined, []);
  return process.memoryUsage().heapUsed;
}
