/**
 * What importing the bundled function costs a cold start: the time from the start of the process until the runtime
 * client asks for its first invocation, with the function and with an empty module, in turn. Prints the medians.
 *
 *   npm run bench:import [-- rounds]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(__dirname, '..');
const rounds = Number(process.argv[2] ?? 20);

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'));
  try {
    await writeFile(join(folder, 'empty.js'), 'exports.handler = async () => {};\n');
    await bundle(folder);

    const empty: number[] = [];
    const bundled: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      empty.push(await millisecondsToFirstNext(folder, 'empty.handler'));
      bundled.push(await millisecondsToFirstNext(folder, 'app.handler'));
    }

    const { size } = await stat(join(folder, 'app.js'));
    console.log(`node ${process.version}, ${rounds} fresh processes each, medians`);
    console.log(`empty module     ${median(empty).toFixed(1)} ms`);
    console.log(`BackgroundTasks  ${median(bundled).toFixed(1)} ms, ${(size / 1024).toFixed(1)} KB minified`);
    console.log(`difference       ${(median(bundled) - median(empty)).toFixed(1)} ms`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the template's build properties have it. */
async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'functions/background-tasks/app.ts')],
    outfile: join(folder, 'app.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
  });
}

/** One fresh process of the real runtime client. */
async function millisecondsToFirstNext(folder: string, handler: string): Promise<number> {
  const runtimeApi = createServer().listen(0, '127.0.0.1');
  await once(runtimeApi, 'listening');
  const address = runtimeApi.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected a port, received ${address}`);

  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--require', join(root, 'local/environment/rapid-client.cjs'), require.resolve('aws-lambda-ric')],
    { stdio: ['ignore', 'ignore', 'inherit'], env: variables(address.port, folder, handler) },
  );
  try {
    await firstNext(runtimeApi);
    return performance.now() - startedAt;
  } finally {
    child.kill('SIGKILL');
    runtimeApi.closeAllConnections();
    runtimeApi.close();
  }
}

function firstNext(runtimeApi: Server): Promise<void> {
  return new Promise((resolveNext, reject) => {
    runtimeApi.once('request', ({ url = '' }) => {
      if (url.endsWith('/invocation/next')) resolveNext();
      else reject(new Error(`Expected the runtime client to ask for an invocation, received ${url}`));
    });
  });
}

function variables(port: number, folder: string, handler: string): Record<string, string> {
  return {
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    AWS_LAMBDA_FUNCTION_NAME: 'Bench',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/Bench',
    AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    LOG_LEVEL: 'DEBUG',
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
