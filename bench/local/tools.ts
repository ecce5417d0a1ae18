import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../bundle';
import { plain, samples } from '../contenders';
import type { LocalTool } from './tool';

const run = promisify(execFile);

/** Those that this machine can run, each to listen at the port of its place; and why it cannot run the others. */
export async function localTools(
  folder: string,
  [ours = 0, others = 0, sams = 0]: readonly number[],
): Promise<{ readonly tools: readonly LocalTool[]; readonly missing: readonly string[] }> {
  const tools = [await localLambda(folder, ours), await lambdaLocal(folder, others)];
  try {
    return { tools: [...tools, await samLocal(folder, sams)], missing: [] };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return { tools, missing: [`sam local start-lambda: ${reason}`] };
  }
}

async function localLambda(folder: string, port: number): Promise<LocalTool> {
  const variables = join(folder, 'variables.json');
  await writeFile(variables, JSON.stringify({ BackgroundTasks: background }));
  const ports = ['--port', String(port), '--api-port', '0', '--no-page'];
  return {
    name: 'the local Lambda, `npm start`',
    lacks: 'What [local-lambda.md](local-lambda.md) lists',
    command: [process.execPath, '--import', 'tsx', 'local/cli/main.ts', 'start', ...ports, '--env-vars', variables],
    variables: {},
    request: (message) => ({ url: `http://127.0.0.1:${port}/`, body: JSON.stringify({ message }) }),
  };
}

async function lambdaLocal(folder: string, port: number): Promise<LocalTool> {
  const { codeFolder } = await bundle(plain, { folder });
  const cli = resolve(__dirname, '../node_modules/lambda-local/build/cli.js');
  const options = ['--lambda-path', join(codeFolder, 'plain.js'), '--watch', String(port), '--timeout', '15'];
  return {
    name: 'lambda-local, with a handler that does not stream',
    lacks:
      'No streamed response: an HTTP caller gets the stream as an object in JSON. No environment for each invocation: ' +
      'one process runs all. A body is decoded before the handler and encoded twice after it. The caller waits for the background work, or it is no part of the invocation',
    command: [process.execPath, cli, ...options],
    variables: background,
    readBody: (text) => String(JSON.parse(text)),
    request: (message) => ({ url: `http://127.0.0.1:${port}/`, body: JSON.stringify({ message }) }),
  };
}

/** Rejects where there is no SAM CLI, no Docker daemon, or no image. */
async function samLocal(folder: string, port: number): Promise<LocalTool> {
  await run('sam', ['--version']);
  await run('docker', ['image', 'inspect', image]);
  const [sample] = samples;
  if (sample === undefined) throw new Error('Expected a sample');
  const { codeFolder } = await bundle(sample, { folder });
  const template = join(folder, 'sam.json');
  await writeFile(template, JSON.stringify(samTemplate(codeFolder)));
  const options = ['--template', template, '--port', String(port), '--skip-pull-image'];
  return {
    name: '`sam local start-lambda`',
    lacks:
      'No Function URL. The answer is held back until the background work is done. No queue for asynchronous ' +
      'invocations. A container for each invocation, removed when it has ended',
    command: ['sam', 'local', 'start-lambda', ...options],
    variables: { SAM_CLI_TELEMETRY: '0' },
    request: (message) => ({
      url: `http://127.0.0.1:${port}/2015-03-31/functions/App/invocations`,
      // As a direct caller: SAM does not read the prelude of an HTTP response.
      body: JSON.stringify({ message }),
    }),
    // With spaces.
    readBody: (text) => text.replaceAll('": "', '":"'),
    cleanUp: async (log) => {
      const containers = [...log.matchAll(/SAM_CONTAINER_ID: (\w+)/g)].map(([, id = '']) => id);
      if (containers.length > 0) await run('docker', ['rm', '--force', ...containers]).catch(() => undefined);
    },
  };
}

const image = 'public.ecr.aws/lambda/nodejs:24-x86_64';

function samTemplate(codeFolder: string) {
  return {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      App: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          Runtime: 'nodejs24.x',
          Architectures: ['x86_64'],
          Handler: 'app.handler',
          CodeUri: codeFolder,
          MemorySize: 128,
          Timeout: 15,
          Environment: { Variables: background },
        },
      },
    },
  };
}

const background = { BACKGROUND_SECONDS: '1', LOG_LEVEL: 'info' };
