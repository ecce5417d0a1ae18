import { constants, existsSync } from 'node:fs';
import { copyFile, readdir, readFile, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { is, looseObject, unknown } from 'valibot';
import { replaceFolder, type NewFile } from './replace-folder';

export interface DeployedCopy {
  readonly folder: string;
  /** Copies again what is in CodeUri. */
  update(): Promise<void>;
}

/**
 * A copy of CodeUri where no package.json above it says whether its `.js` files are CommonJS or ES modules: on AWS such a
 * package.json is not deployed, so it says nothing there. Undefined where CodeUri itself will do, which is nearly always.
 * The copy is in `.local-lambda`, beside that package.json.
 */
export async function copyAsDeployed(codeUri: string): Promise<DeployedCopy | undefined> {
  const project = await folderThatDecides(codeUri);
  if (project === undefined || !(await codeFiles(codeUri)).some((name) => name.endsWith('.js'))) return undefined;
  // With no separator in it, so that no copy is in another one, and no `%`, which modules may not have in their path.
  const name = encodeURIComponent(path.relative(project, codeUri)).replaceAll('%', '~');
  const folder = path.join(project, '.local-lambda', `copy-of-${name}`);
  const update = () => copyCode(codeUri, folder);
  await update();
  return { folder, update };
}

/** Node.js takes the first package.json upwards. Its folder, where that is above CodeUri and the file has a `type`. */
async function folderThatDecides(codeUri: string): Promise<string | undefined> {
  let folder = codeUri;
  while (!existsSync(path.join(folder, 'package.json'))) {
    if (path.dirname(folder) === folder) return undefined;
    folder = path.dirname(folder);
  }
  return folder !== codeUri && (await hasType(path.join(folder, 'package.json'))) ? folder : undefined;
}

async function hasType(manifest: string): Promise<boolean> {
  try {
    return is(looseObject({ type: unknown() }), JSON.parse(await readFile(manifest, 'utf8')));
  } catch {
    // Node.js itself says what is wrong with such a file.
    return false;
  }
}

async function copyCode(codeUri: string, folder: string): Promise<void> {
  const files = (await codeFiles(codeUri)).map((name): NewFile => ({
    name,
    writeTo: (file) => copyFile(path.join(codeUri, name), file, constants.COPYFILE_FICLONE),
  }));
  await replaceFolder(folder, files);
  const packages = path.join(codeUri, 'node_modules');
  const linked = path.join(folder, 'node_modules');
  if (existsSync(packages) && !existsSync(linked)) await symlink(packages, linked, 'junction');
}

/** What is to be copied: everything but packages, and what tools keep beside the code. */
async function codeFiles(codeUri: string, within = ''): Promise<string[]> {
  const names = (await readdir(path.join(codeUri, within))).filter((name) => within !== '' || !kept.has(name));
  const files = names.map(async (name) => {
    const file = path.join(within, name);
    // A link that leads nowhere is nothing that code could read.
    const stats = await stat(path.join(codeUri, file)).catch(() => undefined);
    if (stats?.isDirectory()) return codeFiles(codeUri, file);
    return stats?.isFile() ? [file] : [];
  });
  return (await Promise.all(files)).flat();
}

const kept = new Set(['node_modules', '.local-lambda', '.aws-sam', '.git']);
