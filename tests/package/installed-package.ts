import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { looseObject, optional, parse, string } from 'valibot';
import { type RunningCli, startProcess } from '../helpers/cli';

export const projectFolder = path.join(__dirname, '../..');

export interface InstalledPackage {
  readonly tarball: string;
  /** A project of somebody's own, see `project` beside this file, with the package installed. */
  readonly folder: string;
  /** Runs a command in that folder. Resolves to what it wrote to stdout and stderr; rejects with that when it fails. */
  run(command: string, ...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Packs the package, and installs it as its users do: from the tarball, into a folder that knows nothing of this one. */
export async function installPackage(): Promise<InstalledPackage> {
  const packed = await output(projectFolder, 'npm', 'run', '--silent', 'pack');
  const tarball = path.join(projectFolder, packed.trim());
  return await projectWith(tarball, (folder) => cp(path.join(__dirname, 'project'), folder, { recursive: true }));
}

/** The same in an empty folder, as `npm init -y` leaves it, with other packages too. */
export async function emptyProject({ tarball }: InstalledPackage, ...packages: string[]): Promise<InstalledPackage> {
  return await projectWith(tarball, (folder) => output(folder, 'npm', 'init', '-y'), packages);
}

/** The command `background-tasks start` on free ports, of the template in the folder unless the options name another. */
export function start({ folder }: InstalledPackage, ...options: readonly string[]): RunningCli {
  const ports = ['--port', '0', '--api-port', '0', '--page-port', '0'];
  return startProcess('npx', ['--prefix', folder, 'background-tasks', 'start', ...ports, ...options], folder);
}

async function projectWith(
  tarball: string,
  prepare: (folder: string) => Promise<unknown>,
  packages: readonly string[] = [],
): Promise<InstalledPackage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'background-tasks-package-'));
  await prepare(folder);
  await output(folder, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', tarball, ...packages);
  return {
    tarball,
    folder,
    run: (command, ...args) => output(folder, command, ...args),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function output(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { cwd, env });
    return stdout + stderr;
  } catch (cause) {
    // Not instanceof: the error is of another realm than that of the tests.
    const { stdout = '', stderr = '' } = parse(Failure, cause);
    throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`, { cause });
  }
}

const Failure = looseObject({ stdout: optional(string()), stderr: optional(string()) });
