import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface NewFile {
  /** Its path in the folder. */
  readonly name: string;
  readonly contents: Uint8Array;
}

/**
 * Moves these files over those of `folder`, one atomic rename each, and removes what is left over. Whoever reads
 * `folder` meanwhile (another local Lambda of the same template) finds whole files only.
 */
export async function replaceFolder(folder: string, files: readonly NewFile[]): Promise<void> {
  const root = path.dirname(folder);
  await mkdir(root, { recursive: true });
  // Ends the search for package.json here, as on AWS, where no `"type": "module"` of the project is deployed along.
  await writeFile(path.join(root, 'package.json'), '{}\n');
  const staging = await mkdtemp(`${folder}-`);
  try {
    for (const [index, { name, contents }] of files.entries()) {
      const staged = path.join(staging, String(index));
      await writeFile(staged, contents);
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await rename(staged, path.join(folder, name));
    }
    await removeAllBut(files, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function removeAllBut(files: readonly NewFile[], folder: string): Promise<void> {
  const names = new Set(files.map(({ name }) => name));
  const leftOver = (await filesIn(folder)).filter((name) => !names.has(name));
  for (const name of leftOver) await rm(path.join(folder, name), { force: true });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
