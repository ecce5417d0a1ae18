import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { median } from '../statistics';

/** Requests that follow one another, one at a time. */
export interface Round {
  /** Milliseconds from request to answer, the median. */
  readonly answer: number;
  /** Milliseconds of a processor that this process has taken for each request. */
  readonly processor: number;
}

/** Of a round that count. */
export const REQUESTS = 1_000;
const WARM_UP = 500;

export const body = { message: 'Hello Background Tasks' };

/** On a connection that is kept. */
export async function measurePosts(url: string): Promise<Round> {
  const agent = new Agent({ keepAlive: true });
  try {
    return await measure(() => post(url, agent));
  } finally {
    agent.destroy();
  }
}

/** @param timed resolves to the milliseconds that a request has taken */
export async function measure(timed: () => Promise<number>): Promise<Round> {
  for (let index = 0; index < WARM_UP; index += 1) await timed();
  const milliseconds: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < REQUESTS; index += 1) milliseconds.push(await timed());
  const { user, system } = process.cpuUsage(before);
  return { answer: median(milliseconds), processor: (user + system) / 1_000 / REQUESTS };
}

/** Milliseconds from the request to the last byte of the answer, on a connection that is kept. */
async function post(url: string, agent: Agent): Promise<number> {
  const startedAt = performance.now();
  const answer = await new Promise<Buffer>((resolve, reject) => {
    const exchange = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } });
    exchange.on('response', (response) => {
      buffer(response).then(resolve, reject);
    });
    exchange.on('error', reject).end(JSON.stringify(body));
  });
  const milliseconds = performance.now() - startedAt;
  if (!answer.includes('echoedMessage')) throw new Error(`Expected a greeting, received ${answer.toString()}`);
  return milliseconds;
}
