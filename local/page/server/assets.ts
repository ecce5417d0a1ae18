import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const clientFolder = path.join(__dirname, '../client');
const source = path.join(clientFolder, 'main.tsx');

export interface Asset {
  readonly type: string;
  readonly content: string | Buffer;
}

/** A file of the page; undefined where there is none at this path. */
export async function readAsset(path: string): Promise<Asset | undefined> {
  switch (path) {
    case '/':
      return { type: 'text/html; charset=utf-8', content: await readClient('index.html') };
    case '/page.css':
      return { type: 'text/css; charset=utf-8', content: await readClient('page.css') };
    case '/page.js':
      return { type: 'text/javascript; charset=utf-8', content: await readScript() };
    case '/icon.svg':
      return { type: 'image/svg+xml', content: await readClient('icon.svg') };
    default:
      return undefined;
  }
}

const readClient = (file: string): Promise<Buffer> => readFile(path.join(clientFolder, file));

let bundled: Promise<string> | undefined;

/** The npm package carries the bundle; here it is made when it is first asked for. */
function readScript(): Promise<string | Buffer> {
  return existsSync(source) ? (bundled ??= bundleClient()) : readClient('page.js');
}

/** The script of the page, with all that it imports. */
export async function bundleClient(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'inline',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
