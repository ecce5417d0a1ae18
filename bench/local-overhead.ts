/**
 * What the local Lambda's Function URL adds: the median time from request to answer on a warm environment, less the same
 * handler's time behind its Runtime API alone. Both are measured in the same run, a round of the one after a round of the
 * other.
 *
 *   npm run bench:local [-- rounds]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { EnvironmentPool } from '../local/environment/pool';
import { startFunctionUrl } from '../local/function-url/server';
import { bundle, type Bundle } from './bundle';
import { ours } from './contenders';
import { functionUrlEvent } from './event';
import { withEnvironment } from './runtime/environment';
import { median } from './statistics';

const WARM_UP = 200;
const REQUESTS = 500;
const body = { message: 'Hello Background Tasks' };

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 5);
  const folder = await mkdtemp(join(tmpdir(), 'bench-local-'));
  try {
    const library = await bundle(ours, { folder });
    const runtimeApi: number[] = [];
    const functionUrl: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runtimeApi.push(median(await behindRuntimeApi(library)));
      functionUrl.push(median(await behindFunctionUrl(library)));
    }
    console.log(`${rounds} rounds of ${REQUESTS} requests, one at a time: median`);
    console.log(`behind its Runtime API alone  ${median(runtimeApi).toFixed(2)} ms`);
    console.log(`through the Function URL      ${median(functionUrl).toFixed(2)} ms`);
    console.log(`difference                    ${(median(functionUrl) - median(runtimeApi)).toFixed(2)} ms`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function behindRuntimeApi(bundle: Bundle): Promise<number[]> {
  return withEnvironment(bundle, (environment) =>
    measure(async () => (await environment.invoke(functionUrlEvent(body))).answerMs),
  );
}

async function behindFunctionUrl({ definition, codeFolder }: Bundle): Promise<number[]> {
  const pool = new EnvironmentPool(definition, { codeFolder, region: 'us-east-1', onLog: () => undefined });
  const { logicalId } = definition;
  const url = {
    logicalId: `${logicalId}Url`,
    functionId: logicalId,
    authType: 'NONE',
    invokeMode: 'RESPONSE_STREAM',
  } as const;
  const server = await startFunctionUrl({ pool, definition: url }, { host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true });
  try {
    return await measure(() => post(server.url, agent));
  } finally {
    agent.destroy();
    await server.close();
    await pool.close();
  }
}

async function measure(once: () => Promise<number>): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let index = 0; index < WARM_UP + REQUESTS; index += 1) milliseconds.push(await once());
  return milliseconds.slice(WARM_UP);
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

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
