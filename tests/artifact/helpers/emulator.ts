import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { nodeBinaryFor } from '../../../local/environment/process/node-binary';
import { projectFolder } from './built-artifact';

export interface EmulatedFunction {
  /** Resolves to the body of the answer, which the emulator holds back until the background work is done. */
  invoke(event: string): Promise<string>;
  /** All that the emulator and the function have logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Runs the function's code folder on the unmodified runtime client, behind the emulator in the place of Lambda. */
export async function startEmulator(emulator: string, codeFolder: string): Promise<EmulatedFunction> {
  const [port, runtimeApiPort] = await Promise.all([freePort(), freePort()]);
  const addresses = [
    ...['--runtime-interface-emulator-address', `127.0.0.1:${port}`],
    ...['--runtime-api-address', `127.0.0.1:${runtimeApiPort}`],
  ];
  const runtime = [
    nodeBinaryFor('nodejs24.x').path,
    ...['--require', join(projectFolder, 'local/environment/process/rapid-client.cjs')],
    join(projectFolder, 'node_modules/aws-lambda-ric/index.mjs'),
    'app.handler',
  ];
  const child = spawn(emulator, [...addresses, ...runtime], {
    cwd: codeFolder,
    env: { LAMBDA_TASK_ROOT: codeFolder, LOG_LEVEL: 'debug', BACKGROUND_SECONDS: '0.2' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const log = collect(child);
  const stop = async () => {
    // On SIGTERM the emulator kills the runtime, which on SIGKILL would go on until it misses the emulator.
    child.kill('SIGTERM');
    await Promise.race([closed, setTimeout(5_000, undefined, { ref: false })]);
    child.kill('SIGKILL');
    await closed;
  };
  try {
    await untilListening(port, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    log,
    stop,
    invoke: async (event) => {
      const path = '/2015-03-31/functions/function/invocations';
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: event });
      return await response.text();
    },
  };
}

type Emulator = ChildProcessByStdio<null, Readable, Readable>;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`Expected a port, received ${String(address)}`);
  return address.port;
}

function collect({ stdout, stderr }: Emulator): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

/** The emulator does not say when it listens, so this asks; the test's own timeout says when to give up. */
async function untilListening(port: number, child: Emulator, log: () => string): Promise<void> {
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`Expected the emulator to listen on ${port}, it ended:\n${log()}`);
    await setTimeout(20);
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
