import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lets `write` fill a new folder, then moves its files over those of `folder`, one atomic rename each, and removes what
 * is left over. Whoever reads `folder` meanwhile (another local Lambda of the same template) finds whole files only.
 */
export async function replaceFolder(folder: string, write: (staging: string) => Promise<void>): Promise<void> {
  const root = path.dirname(folder);
  await mkdir(root, { recursive: true });
  // Ends the search for package.json here, as on AWS, where no `"type": "module"` of the project is deployed along.
  await writeFile(path.join(root, 'package.json'), '{}\n');
  const staging = await mkdtemp(`${folder}-`);
  try {
    await write(staging);
    await moveFiles(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function moveFiles(from: string, to: string): Promise<void> {
  const files = await filesIn(from);
  for (const file of files) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await rename(path.join(from, file), path.join(to, file));
  }
  const leftOver = (await filesIn(to)).filter((file) => !files.includes(file));
  for (const file of leftOver) await rm(path.join(to, file), { force: true });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
