import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Says what a machine lacks for a test. */
export class MissingToolError extends Error {
  override readonly name = 'MissingToolError';
}

export function samCli(): string {
  versionOf('sam', '--version');
  return 'sam';
}

export function dockerDaemon(): void {
  versionOf('docker', 'version');
}

/** Version 2: version 1 has no --cli-binary-format. */
export function awsCli(): string {
  const version = versionOf('aws', '--version');
  if (!version.startsWith('aws-cli/2.')) {
    throw new MissingToolError(`Expected version 2 of the AWS CLI on the PATH, found ${version.trim()}`);
  }
  return 'aws';
}

/** The Python that the SAM CLI runs on, with all that it brings along. */
export function samPython(): string {
  return besideSam('python3');
}

/** As `sam validate --lint` has it, but on its own it can be strict. */
export function cfnLint(): string {
  return besideSam('cfn-lint');
}

/** The policy checker. It has a Python environment of its own, see .ci/policy-requirements.txt. */
export function checkov(): string {
  const path = onPath('checkov');
  if (path !== undefined) return path;
  throw new MissingToolError('Expected checkov on the PATH, found none: install .ci/policy-requirements.txt with pip');
}

/** The server of moto, which is AWS in one process. It comes from .ci/requirements.txt, as the SAM CLI does. */
export function motoServer(): string {
  return besideSam('moto_server');
}

/** The runtime interface emulator that the SAM CLI brings along for its containers: a Linux program. */
export function samEmulator(): string {
  const sam = onPath('sam');
  if (sam === undefined || process.platform !== 'linux') {
    throw new MissingToolError(`Expected the SAM CLI on Linux, found ${sam ?? 'none'} on ${process.platform}`);
  }
  const architecture = process.arch === 'x64' ? 'x86_64' : process.arch;
  const libraries = join(dirname(realpathSync(sam)), '../lib');
  const emulator = (existsSync(libraries) ? readdirSync(libraries) : [])
    .map((python) => join(libraries, python, `site-packages/samcli/local/rapid/aws-lambda-rie-${architecture}`))
    .find((path) => existsSync(path));
  if (emulator === undefined) {
    throw new MissingToolError(`Expected the SAM CLI's emulator below ${libraries}, found none: install SAM with pip`);
  }
  return emulator;
}

function versionOf(command: string, argument: string): string {
  try {
    return execFileSync(command, [argument], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new MissingToolError(`Expected \`${command} ${argument}\` to succeed, but ${String(error).trim()}`, {
      cause: error,
    });
  }
}

function besideSam(program: string): string {
  const sam = onPath('sam');
  const path = sam === undefined ? undefined : join(dirname(realpathSync(sam)), program);
  if (path !== undefined && existsSync(path)) return path;
  throw new MissingToolError(
    `Expected ${program} beside the SAM CLI, found ${sam ?? 'no SAM CLI'}: install .ci/requirements.txt with pip`,
  );
}

function onPath(command: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((path) => existsSync(path));
}
