import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith } from '../../helpers/folder-with';
import { nobodysAccount } from './nobodys-account';

interface Invocation {
  readonly endpoint: string;
  readonly functionName: string;
  readonly payload: string;
  /** More options of `aws lambda invoke`. */
  readonly options?: readonly string[];
  /** After so many milliseconds the AWS CLI is killed; never if there is none. */
  readonly timeout?: number;
}

/** Runs `aws lambda invoke`. Resolves to the JSON that it prints, and to the payload that it writes to its file. */
export async function invokeByAwsCli(
  aws: string,
  invocation: Invocation,
): Promise<{ status: unknown; response: string }> {
  const { endpoint, functionName, payload, options = [], timeout } = invocation;
  const cwd = await folderWith({});
  const target = ['lambda', 'invoke', '--endpoint-url', endpoint, '--function-name', functionName];
  const input = ['--cli-binary-format', 'raw-in-base64-out', '--payload', payload];
  const { stdout } = await promisify(execFile)(aws, [...target, ...input, ...options, 'response.json'], {
    cwd,
    env: nobodysAccount(cwd),
    timeout,
  });
  return { status: JSON.parse(stdout), response: await readFile(join(cwd, 'response.json'), 'utf8') };
}
