import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface NewFile {
  /** Its path in the folder. */
  readonly name: string;
  /** Writes it to this path. */
  readonly writeTo: (file: string) => Promise<void>;
}

/**
 * Moves these files over those of `folder`, one atomic rename each, and removes what is left over. Whoever reads
 * `folder` meanwhile (another local Lambda of the same template) finds whole files only.
 */
export async function replaceFolder(folder: string, files: readonly NewFile[]): Promise<void> {
  await makeRoot(path.dirname(folder));
  const staging = await mkdtemp(`${folder}-`);
  try {
    for (const [index, { name, writeTo }] of files.entries()) {
      const staged = path.join(staging, String(index));
      await writeTo(staged);
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await rename(staged, path.join(folder, name));
    }
    await removeAllBut(files, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The folder of all that is built. */
async function makeRoot(root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  // Ends the search for package.json here: on AWS no `"type": "module"` of the project is deployed along.
  await writeFile(path.join(root, 'package.json'), '{}\n');
  // Keeps the folder out of git, wherever it is.
  await writeFile(path.join(root, '.gitignore'), '*\n');
}

async function removeAllBut(files: readonly NewFile[], folder: string): Promise<void> {
  const names = new Set(files.map(({ name }) => name));
  const leftOver = (await filesIn(folder)).filter((name) => !names.has(name));
  for (const name of leftOver) await rm(path.join(folder, name), { force: true });
}

/** Never follows a link: what is behind it is not this folder's to remove. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.map(async (entry) => {
    if (!entry.isDirectory()) return entry.isFile() ? [entry.name] : [];
    const within = await filesIn(path.join(folder, entry.name));
    return within.map((name) => path.join(entry.name, name));
  });
  return (await Promise.all(files)).flat();
}
